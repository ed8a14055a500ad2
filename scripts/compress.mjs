// Lays compressed variants beside the files of the release page, for hosts that send them as they are: `page.wasm.br` and
// `page.wasm.gz` in place of `page.wasm`. The page itself never asks for them by name.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const COMPRESSED = /\.(html|js|css|wasm|json|svg)$/;
// Whoever hosts the page replaces it by a project of their own; a variant beside it would then be the old one.
const REPLACED = "project.json";
// Below this a host's own headers weigh more than what is saved.
const LEAST = 400;

if (process.env.TRUNK_PROFILE === "release") {
  const folder = process.env.TRUNK_STAGING_DIR;
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!COMPRESSED.test(name) || name === REPLACED) continue;
    const path = join(folder, name);
    const content = readFileSync(path);
    if (content.length < LEAST) continue;
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS } = constants;
    const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS, [BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}
