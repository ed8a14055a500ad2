//! What Lighthouse says of the page, in a browser of its own that looks like a phone.

use std::process::Command;

use serde_json::Value;

use crate::Desk;

impl Desk {
    /// Each mark that is not full, as `category score: the audits that failed`; `categories` are Lighthouse's names.
    #[track_caller]
    pub fn lacks_full_marks(&self, categories: &[&str]) -> Vec<String> {
        let tool = std::env::var("LIGHTHOUSE").expect("LIGHTHOUSE names Lighthouse’s command");
        let answer = Command::new(tool)
            .arg(format!("{}/", self.site().origin()))
            .args(["--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"])
            .arg(format!("--only-categories={}", categories.join(",")))
            .env("CHROME_PATH", std::env::var("CHROMIUM").expect("CHROMIUM names the browser"))
            .output()
            .expect("Lighthouse runs");
        let report: Value =
            serde_json::from_slice(&answer.stdout).unwrap_or_else(|_| panic!("no report: {}", String::from_utf8_lossy(&answer.stderr)));
        let mut lacking = Vec::new();
        for name in categories {
            let category = &report["categories"][name];
            if category["score"] != 1 {
                let audits = category["auditRefs"].as_array().into_iter().flatten().filter_map(|audit| audit["id"].as_str());
                let failed: Vec<&str> =
                    audits.filter(|id| report["audits"][id]["score"].as_f64().is_some_and(|score| score < 1.0)).collect();
                lacking.push(format!("{name} {}: {}", category["score"], failed.join(", ")));
            }
        }
        lacking
    }
}
