// What a release page needs when Trunk is done, in this order: Trunk runs the hooks of a stage side by side.
await import("./boot.mjs");
await import("./policy.mjs");
await import("./worker.mjs");
await import("./compress.mjs");
