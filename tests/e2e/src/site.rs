//! A small file server on a port of its own: the built page, and files that a story adds.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;

/// Serves until the runtime that it was started on ends.
pub struct Site {
    origin: String,
    shelf: Arc<Mutex<Shelf>>,
}

/// What is served beside the folder, and what was asked for.
#[derive(Default)]
struct Shelf {
    files: HashMap<String, Vec<u8>>,
    asked: Vec<String>,
}

impl Site {
    /// Where there is a document with nothing in it.
    pub const BLANK: &str = "/blank.html";

    pub fn start(runtime: &Handle) -> Self {
        let root = built_page();
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).expect("a free port");
        let port = listener.local_addr().expect("the port of a listener").port();
        let shelf: Arc<Mutex<Shelf>> = Arc::default();
        let blank = "<!DOCTYPE html><html lang=en><link rel=icon href=data:><title>blank</title>";
        shelf.lock().expect("no panic held the shelf").files.insert(Self::BLANK.to_owned(), blank.into());
        let shared = shelf.clone();
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (root, shelf) = (root.clone(), shared.clone());
                // A browser that hangs up early is no concern of the story.
                tokio::spawn(async move { answer(stream, &root, &shelf).await.ok() });
            }
        });
        Self { origin: format!("http://127.0.0.1:{port}"), shelf }
    }

    /// Scheme, host and port, without a slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Serves `content` at `path` (`/other.json`) from now on.
    pub fn add(&self, path: &str, content: impl Into<Vec<u8>>) {
        self.shelf.lock().expect("no panic held the shelf").files.insert(path.to_owned(), content.into());
    }

    /// The paths that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.shelf.lock().expect("no panic held the shelf").asked.clone()
    }
}

pub(crate) fn built_page() -> PathBuf {
    let folder =
        std::env::var_os("STANDPOINT_DIST").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist"), PathBuf::from);
    let index = folder.join("index.html");
    assert!(index.is_file(), "no built page: {} is missing; build it, or set STANDPOINT_DIST", index.display());
    folder
}

async fn answer(mut stream: TcpStream, root: &Path, shelf: &Mutex<Shelf>) -> io::Result<()> {
    let mut head = BufReader::new(&mut stream);
    let mut request = String::new();
    head.read_line(&mut request).await?;
    let mut line = String::new();
    let mut takes_brotli = false;
    while head.read_line(&mut line).await? > 2 {
        let lower = line.to_ascii_lowercase();
        takes_brotli |= lower.strip_prefix("accept-encoding:").is_some_and(|list| list.split(',').any(|coding| coding.trim() == "br"));
        line.clear();
    }
    // A connection that the browser opened ahead of need asks nothing.
    let Some(target) = request.split(' ').nth(1) else { return Ok(()) };
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let added = {
        let mut shelf = shelf.lock().expect("no panic held the shelf");
        shelf.asked.push(path.to_owned());
        shelf.files.get(path).cloned()
    };
    // As a host does that knows of the compressed variants beside the files.
    let compressed =
        if takes_brotli && added.is_none() { file(root, &format!("{}.br", if path == "/" { "/index.html" } else { path })) } else { None };
    let encoding = if compressed.is_some() { "Content-Encoding: br\r\n" } else { "" };
    let content = compressed.or(added).or_else(|| file(root, path));
    let (status, body) = match &content {
        Some(body) => ("200 OK", body.as_slice()),
        None => ("404 Not Found", &b"not found"[..]),
    };
    // Other origins may read it: whether the page asks them is the page's decision, which a story looks at.
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n{encoding}\
         Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n",
        mime(path),
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    stream.shutdown().await
}

fn file(root: &Path, path: &str) -> Option<Vec<u8>> {
    let inside = path.trim_start_matches('/');
    if inside.split('/').any(|part| part == "..") {
        return None;
    }
    let found = if inside.is_empty() { root.join("index.html") } else { root.join(inside) };
    std::fs::read(found).ok()
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("html", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "wasm" => "application/wasm",
        "css" => "text/css",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
