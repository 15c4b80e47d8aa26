#!/bin/sh
# Builds ../static/mwp.css and copies govuk-frontend's script beside it. Needs npm; run it in this folder after a change
# here, and commit what it wrote. Nothing of it is needed to run or install the program.
set -eu
npm install --no-save --no-package-lock govuk-frontend@6.6.0 sass@1
npx sass --style=compressed --no-source-map --quiet-deps --no-charset mwp.scss ../static/mwp.css
cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js ../static/
sed -i 's|//# sourceMappingURL=.*||' ../static/govuk-frontend.min.js
# The crest belongs to the government: its rules go.
sed -i -E 's/[^{}]*\{[^{}]*govuk-crest\.svg[^{}]*\}//g; s/\.govuk-footer__crown\{[^{}]*\}//g' ../static/mwp.css
rm -rf node_modules
