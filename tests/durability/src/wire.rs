use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// A WebSocket over which a browser is asked things, one after the other: both protocols number their questions and put
/// the number on the answer.
pub struct Wire {
    socket: WebSocket<TcpStream>,
    asked: u64,
    /// What the browser told unasked.
    told: Vec<Value>,
}

/// How long a browser may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

impl Wire {
    /// `address` is `ws://host:port/path`.
    pub fn connect(address: &str) -> Result<Self, String> {
        let host = address.trim_start_matches("ws://").split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(host).map_err(|error| format!("{host}: {error}"))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(|error| error.to_string())?;
        let (socket, _) = tungstenite::client(address, stream).map_err(|error| format!("{address}: {error}"))?;
        Ok(Self { socket, asked: 0, told: Vec::new() })
    }

    /// The answer to `question`, which has a method and parameters.
    pub fn ask(&mut self, mut question: Value) -> Result<Value, String> {
        self.asked += 1;
        question["id"] = json!(self.asked);
        self.socket.send(Message::text(question.to_string())).map_err(|error| error.to_string())?;
        loop {
            let mut answer = self.read().map_err(|error| format!("{error}, asked for {}", question["method"]))?;
            if answer["id"] != question["id"] {
                self.told.push(answer);
                continue;
            }
            // DevTools has an object for the error, BiDi a word and a message.
            return match &answer["error"] {
                Value::Null => Ok(answer["result"].take()),
                error => Err(format!("{}: {error} {}", question["method"], answer["message"])),
            };
        }
    }

    /// Waits until the browser has told what `is_meant` is looking for; what it told before counts until it is forgotten.
    pub fn hear(&mut self, is_meant: impl Fn(&Value) -> bool) -> Result<(), String> {
        while !self.told.iter().any(&is_meant) {
            let told = self.read()?;
            self.told.push(told);
        }
        Ok(())
    }

    pub fn forget(&mut self) {
        self.told.clear();
    }

    fn read(&mut self) -> Result<Value, String> {
        loop {
            match self.socket.read().map_err(|error| error.to_string())? {
                Message::Text(text) => return serde_json::from_str(&text).map_err(|error| error.to_string()),
                Message::Close(_) => return Err("hung up".to_owned()),
                _ => {}
            }
        }
    }
}
