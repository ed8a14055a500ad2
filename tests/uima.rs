//! CAS JSON and WebAnno TSV: the worked sentence as it is written, and files of others as they are read.

#![cfg(not(target_arch = "wasm32"))]

mod uima {
    pub mod cas;
    pub mod webanno;
    pub mod worked;
}
