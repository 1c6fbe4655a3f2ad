// The JSON Schema that editors are given, against files that are known to be good: every shipped one, and each of them with
// slips of the pen, which it must notice. check_schema.mjs SCHEMA FOLDER...
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";

const [, , schema_file, ...folders] = process.argv;
const ajv = new Ajv({ allErrors: true, strict: false, allowUnionTypes: true });
const schema = JSON.parse(readFileSync(schema_file, "utf8"));
if (!ajv.validateSchema(schema)) {
  console.error(`the schema is none: ${ajv.errorsText(ajv.errors)}`);
  process.exit(1);
}
const validate = ajv.compile(schema);

const below = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? below(join(folder, entry.name)) : entry.name.endsWith(".yaml") ? [join(folder, entry.name)] : []);

// The deepest complaint is the one about the branch that was meant.
function complaint() {
  const deepest = [...validate.errors].sort((a, b) => b.instancePath.split("/").length - a.instancePath.split("/").length)[0];
  return `${deepest.instancePath || "/"} ${deepest.message} ${JSON.stringify(deepest.params)}`;
}

const slips = {
  "a word that does not exist": (file) => ({ ...file, titel: "x" }),
  "a list where a mapping stands": (file) => ("cases for" in file ? { ...file, cases: "none" } : { ...file, sources: ["x"] }),
  "no first word": (file) => Object.fromEntries(Object.entries(file).slice(1)),
};

const problems = [];
let files = 0;
for (const path of folders.flatMap(below).sort()) {
  if (path.endsWith(".profile.yaml")) continue; // a reference profile is no rule; the schema does not speak of it
  const file = parse(readFileSync(path, "utf8"));
  ++files;
  if (!validate(file)) problems.push(`${path}: ${complaint()}`);
  for (const [what, slip] of Object.entries(slips))
    if (validate(slip(structuredClone(file)))) problems.push(`${path}: the schema does not notice ${what}`);
}
if (files < 100) problems.push(`only ${files} files were looked at`);
for (const problem of problems) console.error(problem);
console.log(problems.length ? `${problems.length} problems` : `${files} files fit the schema, and their slips do not`);
process.exit(problems.length ? 1 : 0);
