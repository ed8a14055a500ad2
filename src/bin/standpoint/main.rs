//! The same readers and writers on the command line, for pipelines: `standpoint convert`, `validate`, `stats`, `split`.

#[cfg(not(target_arch = "wasm32"))]
mod arguments;
#[cfg(not(target_arch = "wasm32"))]
mod beside;
#[cfg(not(target_arch = "wasm32"))]
mod commands;
#[cfg(not(target_arch = "wasm32"))]
mod input;
#[cfg(not(target_arch = "wasm32"))]
mod output;
#[cfg(not(target_arch = "wasm32"))]
mod stream;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let matches = arguments::command().get_matches();
    match commands::run(&matches) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("standpoint: {problem}");
            std::process::ExitCode::from(2)
        }
    }
}

/// The page has its own door.
#[cfg(target_arch = "wasm32")]
fn main() {}
