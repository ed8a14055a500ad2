// Writes the content security policy into the release page. Trunk's loader is an inline script, so the policy names its
// hash; any other inline script or style stays dead.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

if (process.env.TRUNK_PROFILE === "release") {
  const path = join(process.env.TRUNK_STAGING_DIR, "index.html");
  const page = readFileSync(path, "utf8");
  const scripts = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  const hashes = scripts.map((script) => `'sha256-${createHash("sha256").update(script[1], "utf8").digest("base64")}'`);
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashes.join(" ")}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self' https:",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ].join("; ");
  if (!page.includes('<meta charset="utf-8">')) throw new Error("index.html has no <meta charset> to put the policy after");
  writeFileSync(path, page.replace('<meta charset="utf-8">', `<meta charset="utf-8">\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`));
}
