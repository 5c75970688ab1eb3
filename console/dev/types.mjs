// Writes src/api/contract.ts from the contract; a file that says the same already is left alone, so
// that nothing is built again for it.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";

const contract = new URL("../../contract/openapi.yaml", import.meta.url);
const types = new URL("../src/api/contract.ts", import.meta.url);
const text = COMMENT_HEADER + astToString(await openapiTS(contract));
if (!existsSync(types) || readFileSync(types, "utf8") !== text) writeFileSync(types, text);
