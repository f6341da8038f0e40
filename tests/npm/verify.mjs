// Verifies a webhook with an implementation that is not ours: `node verify.mjs REQUEST SECRET…`.
//
// REQUEST is a file of tests/support/http_server.py (headers, and the body as base64); SECRET a whsec_….
// Prints for each secret one line, "valid" or "invalid: WHY". The package also refuses timestamps
// more than five minutes away from the clock.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const [path, ...secrets] = process.argv.slice(2);
const request = JSON.parse(readFileSync(path, "utf8"));
const body = Buffer.from(request.body, "base64").toString("utf8");
for (const secret of secrets) {
  try {
    new Webhook(secret).verify(body, request.headers);
    console.log("valid");
  } catch (error) {
    console.log(`invalid: ${error.message}`);
  }
}
