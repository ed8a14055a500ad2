//! What happens in an open page, all of it taken down in the ledger.

use std::time::{Duration, Instant};

use super::Story;
use crate::browser::End;
use crate::hand::Deed;
use crate::page::{Look, Page, Saving};
use crate::until;

impl Story {
    /// Does something in the page; returns what came of it.
    #[track_caller]
    pub fn act(&mut self, page: &Page, deed: &Deed) -> Look {
        let look = page.act(deed);
        self.ledger.saw(page.name, &look);
        look
    }

    #[track_caller]
    pub fn look(&mut self, page: &Page) -> Look {
        let look = page.look();
        self.ledger.saw(page.name, &look);
        look
    }

    /// A look at every version of every record too.
    #[track_caller]
    pub fn look_at_all(&mut self, page: &Page) -> Look {
        let look = page.look_at_all();
        self.ledger.saw(page.name, &look);
        look
    }

    /// Does something drawn at random, and pauses as it is drawn.
    #[track_caller]
    pub fn work(&mut self, page: &Page) {
        let deed = Deed::draw(&mut self.random);
        self.act(page, &deed);
        match self.random.below(4) {
            0 => self.wait_saved(page),
            1 => {
                let pause = self.random.below(120);
                self.watch(&[page], pause);
            }
            _ => {}
        }
    }

    /// Waits until the page says that all of it is saved.
    #[track_caller]
    pub fn wait_saved(&mut self, page: &Page) {
        until("the work to be saved", || {
            let look = self.look(page);
            if look.is_saved() && self.ledger.has_promised_all(page.name) { Ok(()) } else { Err(look.summary()) }
        });
    }

    /// Works in a page with a fault in its storage, and waits each time until it says that all is saved or that it can't be.
    #[track_caller]
    pub fn work_with_fault(&mut self, page: &Page, deeds: u64) {
        for _ in 0..deeds {
            // Something has to be there to be saved.
            while self.draw_and_act(page).made.is_empty() {}
            let said = match self.wait_said(page).saving {
                Saving::Ok | Saving::Busy => "saved",
                Saving::Warn => "saved unless killed",
                Saving::Bad => "not saved",
            };
            *self.figures.said.entry(said).or_default() += 1;
        }
    }

    /// Waits until the page says that all of it is saved, or that it can't be; returns what it said.
    #[track_caller]
    fn wait_said(&mut self, page: &Page) -> Look {
        until("the page to say whether the work is saved", || {
            let look = self.look(page);
            let is_said = look.saving == Saving::Bad || look.is_saved() && self.ledger.has_promised_all(page.name);
            if is_said { Ok(look) } else { Err(look.summary()) }
        })
    }

    /// Takes down what the pages say for so many milliseconds; with 0, nothing.
    #[track_caller]
    pub fn watch(&mut self, pages: &[&Page], milliseconds: u64) {
        let began = Instant::now();
        let whole = Duration::from_millis(milliseconds);
        while began.elapsed() < whole {
            for page in pages {
                self.look(page);
            }
            std::thread::sleep(Duration::from_millis(5).min(whole.saturating_sub(began.elapsed())));
        }
    }

    fn draw_and_act(&mut self, page: &Page) -> Look {
        let deed = if self.random.chance(50) { Deed::tag(&mut self.random) } else { Deed::draw(&mut self.random) };
        self.act(page, &deed)
    }

    /// Makes a last edit or none, watches for a while, often none, and ends the browser or its pages, all as it is drawn.
    #[track_caller]
    pub fn end_at_random(&mut self, pages: &[&Page]) {
        if self.random.chance(60) {
            let page = self.random.pick(pages);
            self.draw_and_act(page);
        }
        let most = self.random.pick(&[1, 1, 10, 60, 300]);
        let wait = self.random.below(most);
        self.watch(pages, wait);
        let end = self.draw_end();
        self.end(end);
    }

    /// A way to end that is drawn without putting it back, so that all of them come.
    pub fn draw_end(&mut self) -> End {
        if self.deck.is_empty() {
            self.deck.extend([End::KillPages, End::CloseTabs, End::Kill, End::Kill, End::Kill, End::Close]);
        }
        let at = self.random.below(self.deck.len() as u64) as usize;
        self.deck.swap_remove(at)
    }
}
