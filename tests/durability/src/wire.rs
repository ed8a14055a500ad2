use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// A WebSocket over which a browser is asked things, one after the other: both protocols number their questions and put
/// the number on the answer.
pub struct Wire {
    socket: WebSocket<TcpStream>,
    asked: u64,
    /// What the browser told unasked, and answers that came before they were read.
    told: Vec<Value>,
}

/// How long a browser may take for one answer; other tools that are measured beside the page block theirs for half a minute.
const PATIENCE: Duration = Duration::from_secs(180);

/// What the error says when that time is up.
pub const SILENCE: &str = "no answer in three minutes";

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
    pub fn ask(&mut self, question: Value) -> Result<Value, String> {
        self.ask_all(vec![question])?.pop().ok_or_else(|| "no answer".to_owned())
    }

    /// The answers to questions that are asked without waiting for the answer to the one before.
    pub fn ask_all(&mut self, questions: Vec<Value>) -> Result<Vec<Value>, String> {
        let first = self.asked + 1;
        for question in &questions {
            self.asked += 1;
            let mut numbered = question.clone();
            numbered["id"] = json!(self.asked);
            self.socket.send(Message::text(numbered.to_string())).map_err(|error| error.to_string())?;
        }
        (first..).zip(&questions).map(|(number, question)| self.answer(number, &question["method"])).collect()
    }

    fn answer(&mut self, number: u64, method: &Value) -> Result<Value, String> {
        self.hear(|told| told["id"] == number).map_err(|error| format!("{error}, asked for {method}"))?;
        let at = self.told.iter().position(|told| told["id"] == number).ok_or("no answer")?;
        let mut answer = self.told.remove(at);
        // DevTools has an object for the error, BiDi a word and a message.
        match &answer["error"] {
            Value::Null => Ok(answer["result"].take()),
            error => Err(format!("{method}: {error} {}", answer["message"])),
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
            match self.socket.read().map_err(|error| if is_silence(&error) { SILENCE.to_owned() } else { error.to_string() })? {
                Message::Text(text) => return serde_json::from_str(&text).map_err(|error| error.to_string()),
                Message::Close(_) => return Err("hung up".to_owned()),
                _ => {}
            }
        }
    }
}

fn is_silence(error: &tungstenite::Error) -> bool {
    matches!(error, tungstenite::Error::Io(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut))
}
