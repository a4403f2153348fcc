// Which keys of the locales the code names, as the compiler knows it: literals, and keys built from closed sets.
import ts from 'typescript';

/** Where the code asks for words, and under which keys. */
export interface Asked {
  /** `texts` for what people see in Teams and in the report, `words` for the tools. */
  from: 'texts' | 'words';
  /** Whether it only looks whether there are words. */
  mayLack: boolean;
  /** The keys, or nothing where they are built from a value of an open set. */
  keys: string[] | undefined;
  /** What is given to fill in, or nothing where that is not written out. */
  given: string[] | undefined;
  /** The file and the expression. */
  where: string;
}

const makers = { Texts: 'texts', Words: 'words' } as const;

/** Every question for words in the sources. */
export function askedKeys(): Asked[] {
  const { fileNames, options } = readConfig();
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();
  const sources = program
    .getSourceFiles()
    .filter(
      ({ fileName }) => /\/src\/(?!.*\/words\.ts$)/.test(fileName) && !fileName.includes('node_modules'),
    );
  const calls: ts.CallExpression[] = [];
  for (const source of sources) visit(source, (node) => ts.isCallExpression(node) && calls.push(node));
  const resolve = resolver(checker, calls);

  return calls.flatMap((call): Asked[] => {
    const [key] = call.arguments;
    const isHas = ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'has';
    const asks = isHas ? (call.expression as ts.PropertyAccessExpression).expression : call.expression;
    const maker = checker.getTypeAtLocation(asks).symbol?.name as keyof typeof makers | undefined;
    const from = maker && Object.hasOwn(makers, maker) ? makers[maker] : undefined;
    const source = call.getSourceFile();
    if (!from || !key || source.fileName.endsWith('/cards/texts.ts')) return [];
    const file = source.fileName.replace(/^.*\/src\//, 'src/');
    const given = namesIn(call.arguments[1]);
    const asked = (part: ts.Expression, mayLack: boolean) => ({
      ...{ from, mayLack, given, keys: resolve(part) },
      where: `${file}: ${part.getText()}`,
    });
    // `texts.has(special) ? special : plain`
    return ts.isConditionalExpression(key)
      ? [asked(key.whenTrue, isHas || key.condition.getText().includes('.has(')), asked(key.whenFalse, isHas)]
      : [asked(key, isHas)];
  });
}

function readConfig() {
  const root = new URL('../../', import.meta.url).pathname;
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  return ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, root);
}

/** The names of what is given to fill in. */
function namesIn(given: ts.Expression | undefined): string[] | undefined {
  if (!given) return [];
  if (!ts.isObjectLiteralExpression(given) || given.properties.some(ts.isSpreadAssignment)) return undefined;
  return given.properties.map(({ name }) => name?.getText() ?? '');
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => visit(child, see));
}

/** Works out which strings an expression can be, or nothing where that is open. */
function resolver(checker: ts.TypeChecker, calls: readonly ts.CallExpression[]) {
  type Values = string[] | undefined;
  const together = (all: Values[]): Values =>
    all.includes(undefined) ? undefined : [...new Set(all.flatMap((values) => values ?? []))];

  const resolve = (node: ts.Expression, depth = 0): Values => {
    if (depth > 8) return undefined;
    const inner = (each: ts.Expression) => resolve(each, depth + 1);
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return inner(node.expression);
    if (ts.isConditionalExpression(node)) return together([inner(node.whenTrue), inner(node.whenFalse)]);
    if (ts.isTemplateExpression(node)) {
      return node.templateSpans.reduce<Values>(
        (before, { expression, literal }) => {
          const values = inner(expression);
          return (
            values && before?.flatMap((start) => values.map((value) => `${start}${value}${literal.text}`))
          );
        },
        [node.head.text],
      );
    }
    const literals = literalsOf(checker.getTypeAtLocation(node));
    if (literals) return literals;
    if (ts.isElementAccessExpression(node)) return ofTable(node.expression, depth);
    if (ts.isIdentifier(node))
      return ofDeclaration(checker.getSymbolAtLocation(node)?.valueDeclaration, depth);
    return ts.isCallExpression(node)
      ? ofResults(checker.getResolvedSignature(node)?.declaration, depth)
      : undefined;
  };

  const ofDeclaration = (declared: ts.Declaration | undefined, depth: number): Values => {
    if (!declared) return undefined;
    if (ts.isVariableDeclaration(declared) && declared.initializer)
      return resolve(declared.initializer, depth + 1);
    if (!ts.isParameter(declared)) return undefined;
    const at = declared.parent.parameters.indexOf(declared);
    const given = calls
      .filter((call) => checker.getResolvedSignature(call)?.declaration === declared.parent)
      .map((call) => call.arguments[at] ?? declared.initializer);
    return given.length === 0 ? undefined : together(given.map((each) => each && resolve(each, depth + 1)));
  };

  /** One of the values of a table that is written out. */
  const ofTable = (table: ts.Expression, depth: number): Values => {
    const declared = checker.getSymbolAtLocation(table)?.valueDeclaration;
    const written = declared && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
    if (!written || !ts.isObjectLiteralExpression(written)) return undefined;
    return together(
      written.properties.map((each) =>
        ts.isPropertyAssignment(each) ? resolve(each.initializer, depth + 1) : undefined,
      ),
    );
  };

  const ofResults = (
    declared: ts.SignatureDeclaration | ts.JSDocSignature | undefined,
    depth: number,
  ): Values => {
    const body = declared && 'body' in declared ? declared.body : undefined;
    if (!body) return undefined;
    if (!ts.isBlock(body as ts.Node)) return resolve(body as ts.Expression, depth + 1);
    const results: Values[] = [];
    visit(body as ts.Block, (node) => {
      if (ts.isReturnStatement(node) && node.expression) results.push(resolve(node.expression, depth + 1));
    });
    return together(results);
  };
  return resolve;
}

/** From how many values on a set is no longer taken for closed: the type of all keys is such a one. */
const mostClosed = 60;

/** The values of a closed set of strings or numbers. */
function literalsOf(type: ts.Type): string[] | undefined {
  const parts = type.isUnion() ? type.types : [type];
  const present = parts.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
  return present.length <= mostClosed &&
    present.every((part) => part.isStringLiteral() || part.isNumberLiteral())
    ? present.map((part) => String((part as ts.LiteralType).value))
    : undefined;
}
