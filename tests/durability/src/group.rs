//! A browser's processes: started in a group of their own and ended by that group, so that no other process is ever touched.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, kill_process_group, set_child_subreaper, waitpgid, waitpid};

/// The processes that one command started. They are killed when this is dropped.
pub struct Group {
    leader: Pid,
    /// Its number may belong to others by now.
    ended: Cell<bool>,
    /// What is left of the channel on which the leader complains, kept open so that it can.
    _drain: std::thread::JoinHandle<()>,
}

impl Group {
    /// A command that runs `program`, and that ends with this process even where this process has no time to end it.
    pub fn command(program: &Path) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]).arg(program);
        command
    }

    /// Starts `command` and waits for the line of its standard error that contains `mark`; returns what follows it there.
    pub fn start(mut command: Command, mark: &str) -> Result<(Self, String), String> {
        // What outlives its parent in the group becomes a child of this process, so that waiting for it is possible.
        set_child_subreaper(Some(getpid())).map_err(|error| error.to_string())?;
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
        let leader = Pid::from_child(&child);
        let mut errors = BufReader::new(child.stderr.take().ok_or("no standard error")?);
        let mut said = String::new();
        let found = loop {
            let from = said.len();
            match errors.read_line(&mut said) {
                Ok(0) | Err(_) => break None,
                Ok(_) => {}
            }
            if let Some((_, rest)) = said[from..].split_once(mark) {
                break Some(rest.trim().to_owned());
            }
        };
        let drain = std::thread::spawn(move || {
            let _ = errors.read_to_end(&mut Vec::new());
        });
        let group = Self { leader, ended: Cell::new(false), _drain: drain };
        match found {
            Some(rest) => Ok((group, rest)),
            None => Err(format!("ended before it said “{mark}”:\n{said}")),
        }
    }

    /// SIGKILL to every process of the group; returns when the last of them is gone.
    pub fn kill(&self) {
        if self.ended.replace(true) {
            return;
        }
        let _ = kill_process_group(self.leader, Signal::KILL);
        while waitpgid(self.leader, WaitOptions::empty()).is_ok() {}
        // Crash reporters leave the group, and end by themselves when what they watch does.
        while let Ok(Some(_)) = waitpid(None, WaitOptions::NOHANG) {}
    }

    /// SIGKILL to those processes of the group that `is_meant` picks by their name and their command line; how many.
    pub fn kill_some(&self, is_meant: impl Fn(&str, &str) -> bool) -> usize {
        let meant = self.members().into_iter().filter(|member| is_meant(&member.name, &member.line));
        meant.filter(|member| kill_process(member.process, Signal::KILL).is_ok()).count()
    }

    /// Whether every process of the group has ended.
    pub fn is_gone(&self) -> bool {
        while !self.ended.get() {
            match waitpgid(self.leader, WaitOptions::NOHANG) {
                Ok(Some(_)) => {}
                Ok(None) => return false,
                Err(_) => self.ended.set(true),
            }
        }
        true
    }

    fn members(&self) -> Vec<Member> {
        let folders = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        folders.filter_map(|folder| Member::read(folder.file_name().to_str()?)).filter(|member| member.group == self.leader).collect()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

struct Member {
    process: Pid,
    group: Pid,
    name: String,
    line: String,
}

impl Member {
    fn read(number: &str) -> Option<Self> {
        let process = Pid::from_raw(number.parse().ok()?)?;
        let stat = std::fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
        // `1234 (name, which may hold anything) S parent group …`: proc_pid_stat(5).
        let (before, after) = stat.rsplit_once(") ")?;
        let group = Pid::from_raw(after.split(' ').nth(2)?.parse().ok()?)?;
        let name = before.split_once('(')?.1.to_owned();
        let line = String::from_utf8_lossy(&std::fs::read(format!("/proc/{number}/cmdline")).ok()?).replace('\0', " ");
        Some(Self { process, group, name, line })
    }
}
