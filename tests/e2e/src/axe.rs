//! What axe-core holds against a screen: the rules of WCAG 2.0 to 2.2, levels A and AA, and its own best practices.

use serde_json::json;

use crate::Desk;
use crate::reading::strings;

/// Looks at the whole document and returns a line for every node that breaks a rule: what is wrong, where, and how to mend it.
const LOOK: &str = "
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
return axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(({ violations, passes }) => {
  // A look that tried no rule would find nothing either.
  if (passes.length === 0) return ['axe tried no rule'];
  return violations.flatMap(({ id, impact, help, helpUrl, nodes }) => nodes.map(({ target, failureSummary, html }) =>
    `${id} (${impact}): ${help}\\n  at ${target.flat().join(' > ')}: ${html.slice(0, 240)}\\n  ${failureSummary.replaceAll('\\n', '\\n  ')}\\n  ${helpUrl}`));
});";

impl Desk {
    /// A text for every element that breaks a rule of axe: rule, impact, selector, markup, and what to do about it.
    #[track_caller]
    pub fn barriers(&self) -> Vec<String> {
        if self.script("return 'axe' in window") != true {
            let place = std::env::var("AXE").expect("AXE names axe-core’s axe.min.js");
            let source = std::fs::read_to_string(&place).unwrap_or_else(|error| panic!("{place}: {error}"));
            // By WebDriver, which the page's policy does not bind; it would let no element for it in.
            self.script(&source);
        }
        strings(&self.browser.script(LOOK, json!([])))
    }
}
