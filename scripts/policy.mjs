// Writes the content security policy into the release page. It names no inline script or style, so each of them stays dead.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

if (process.env.TRUNK_PROFILE === "release") {
  const path = join(process.env.TRUNK_STAGING_DIR, "index.html");
  const page = readFileSync(path, "utf8");
  if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/i.test(page)) throw new Error("index.html has an inline script or style, which the policy would kill");
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
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
