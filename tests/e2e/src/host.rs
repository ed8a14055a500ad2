//! nginx, set up as docs/hosting.md says: the page under a path of its own, with the headers that a lead's host sends.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use crate::site::built_page;
use crate::{seen, until};

/// A web server with a copy of the built page, which can be changed and taken off the net.
pub struct Host {
    folder: PathBuf,
    port: u16,
    server: Option<Child>,
}

/// Where the page lies on the server.
const PATH: &str = "/a/b/";

impl Host {
    /// Serves a copy of the built page.
    #[track_caller]
    pub fn start() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("standpoint-host-{}-{count}", std::process::id()));
        copy(&built_page(), &folder.join("page"));
        std::fs::create_dir_all(folder.join("logs")).expect("a folder of one's own");
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a free port");
        let mut host = Self { folder, port: free.port(), server: None };
        std::fs::write(host.folder.join("nginx.conf"), host.configuration()).expect("a file of one's own");
        host.connect();
        host
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{PATH}", self.port)
    }

    /// Puts a file beside the page, or in the place of one.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.folder.join("page").join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder of one's own");
        let before = std::fs::metadata(&path).and_then(|of| of.modified()).ok();
        std::fs::write(&path, content).expect("a file of one's own");
        // The server tells files of one size apart by the second in which they were changed, and no lead is as quick as a test.
        if let Some(before) = before {
            let later = SystemTime::now().max(before + Duration::from_secs(1));
            let file = File::options().write(true).open(&path).expect("the file that was just written");
            file.set_modified(later).expect("a file of one's own");
        }
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join("page").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names of the page's files.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.join("page")).expect("the page's folder");
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
    }

    pub fn remove(&self, name: &str) {
        std::fs::remove_file(self.folder.join("page").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    /// What the server says of a file to somebody who takes brotli: names in small letters, and values.
    #[track_caller]
    pub fn headers(&self, name: &str) -> Vec<(String, String)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server answers");
        let ask = format!("GET {PATH}{name} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n");
        stream.write_all(ask.as_bytes()).expect("the server listens");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the server speaks");
        let text = String::from_utf8_lossy(&answer);
        let head = text.split("\r\n\r\n").next().unwrap_or_default();
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect()
    }

    /// What was asked for below the page's path, in that order, without what stands behind `?`.
    pub fn asked(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.folder.join("logs/access.log")).unwrap_or_default();
        let names = log.lines().filter_map(|line| line.split('?').next()?.strip_prefix(PATH));
        names.map(ToOwned::to_owned).collect()
    }

    /// Cuts the network: nobody answers at this address any more.
    pub fn cut(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
    }

    /// Answers again.
    #[track_caller]
    pub fn connect(&mut self) {
        self.cut();
        let server = Command::new(nginx().join("usr/sbin/nginx"))
            .arg("-p")
            .arg(&self.folder)
            .args(["-e", "logs/error.log", "-c"])
            .arg(self.folder.join("nginx.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.server = Some(server.unwrap_or_else(|error| panic!("nginx does not start: {error}")));
        until("nginx to answer", || {
            let log = std::fs::read_to_string(self.folder.join("logs/error.log")).unwrap_or_default();
            seen(TcpStream::connect(("127.0.0.1", self.port)).is_ok(), log)
        });
    }

    /// What the guide for hosts says, with this folder and port.
    fn configuration(&self) -> String {
        let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/hosting.md");
        let guide = std::fs::read_to_string(guide).expect("the guide for hosts");
        let block = guide.split("```nginx\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the guide has a block for nginx");
        let told = [
            ("listen 8080;", format!("listen 127.0.0.1:{};", self.port)),
            ("/srv/standpoint/", format!("{}/page/", self.folder.display())),
        ];
        let mut server = block.to_owned();
        for (from, to) in told {
            assert!(server.contains(from), "the guide says {from}");
            server = server.replace(from, &to);
        }
        let there = nginx();
        let folder = self.folder.display();
        let (types, brotli) = (there.join("etc/nginx/mime.types"), there.join("usr/lib/nginx/modules/ngx_http_brotli_static_module.so"));
        // One process, so that to end it is to end the server.
        format!(
            "daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\nload_module {};\nevents {{}}\nhttp {{\n\
             log_format asked \"$request_uri\";\naccess_log logs/access.log asked;\ninclude {};\nclient_body_temp_path {folder}/body;\nproxy_temp_path {folder}/proxy;\n\
             fastcgi_temp_path {folder}/fastcgi;\nuwsgi_temp_path {folder}/uwsgi;\nscgi_temp_path {folder}/scgi;\n{server}}}\n",
            brotli.display(),
            types.display(),
        )
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.cut();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Where nginx lies, as its packages lay it out.
fn nginx() -> PathBuf {
    std::env::var_os("NGINX").map_or_else(|| panic!("NGINX names the folder of nginx’s packages"), PathBuf::from)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder of one's own");
    for entry in std::fs::read_dir(from).expect("the built page").filter_map(Result::ok) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy of a file");
        }
    }
}
