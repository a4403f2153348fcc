// An example: copy it, fill in, and see docs/beheer.md. What is left out has a default in main.bicep.
using 'main.bicep'

param prefix = 'klachten'
param version = '0.1.0'
param alertEmail = ''
