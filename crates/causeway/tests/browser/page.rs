//! The page in the browser: looking, waiting, clicking and typing. What does not come to be seen in time fails the test,
//! with a picture of the page.

use std::env;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use tempfile::TempDir;

use crate::driver::{Browser, Installed};
use crate::program::Program;
use crate::words::message;

pub(crate) struct Page {
    pub(crate) browser: Browser,
    program: Program,
    pub(crate) dir: TempDir,
}

/// Far more than a busy machine needs.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

impl Page {
    /// With the opening story told to its end. None where there is no browser.
    pub(crate) async fn open() -> Option<Page> {
        let installed = Installed::find()?;
        let dir = tempfile::tempdir().unwrap();
        let page = Page {
            browser: Browser::open(&installed, dir.path()).await,
            program: Program::start(dir.path()),
            dir,
        };
        page.client().goto(&page.program.url).await.unwrap();
        page.has(&message("half past four")).await;
        page.has_gone(r#"//p[@id="story"]"#).await;
        page.opens_mailbox_of("Marisol Núñez").await;
        Some(page)
    }

    /// At the end of each test: nothing went wrong that nobody saw.
    pub(crate) async fn close(self) {
        assert_eq!(self.browser.errors().await, [""; 0]);
        self.program.stop();
    }

    pub(crate) fn client(&self) -> &Client {
        &self.browser.client
    }

    /// Looks again until there is something.
    pub(crate) async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        let start = Instant::now();
        let mut again = tokio::time::interval(LOOK_AGAIN);
        while start.elapsed() < PATIENCE {
            again.tick().await;
            if let Some(found) = look().await {
                return found;
            }
        }
        self.in_vain(what).await
    }

    async fn in_vain(&self, what: &str) -> ! {
        let picture = self.client().screenshot().await.unwrap();
        let path = env::temp_dir().join(format!("causeway-page-{}.png", name_of(&self.dir)));
        std::fs::write(&path, picture).unwrap();
        let script = "return document.body.innerText";
        let text = self.client().execute(script, Vec::new()).await.unwrap();
        panic!(
            "in vain: {what}\npicture: {}\n{}\n{}",
            path.display(),
            text.as_str().unwrap_or_default(),
            self.program.log()
        );
    }

    /// Waits until people can see it.
    pub(crate) async fn has(&self, xpath: &str) -> Element {
        let look = async || {
            let element = self.client().find(Locator::XPath(xpath)).await.ok()?;
            let is_seen = element.is_displayed().await.ok()?;
            is_seen.then_some(element)
        };
        self.until(&format!("{xpath} is seen"), look).await
    }

    /// Waits until nobody can see it.
    pub(crate) async fn has_gone(&self, xpath: &str) {
        let look = async || {
            for element in self.client().find_all(Locator::XPath(xpath)).await.ok()? {
                if element.is_displayed().await.ok()? {
                    return None;
                }
            }
            Some(())
        };
        self.until(&format!("{xpath} is gone"), look).await;
    }

    /// Waits until the first of these reads so, as a whole.
    pub(crate) async fn reads(&self, xpath: &str, text: &str) {
        let look = async || {
            let element = self.client().find(Locator::XPath(xpath)).await.ok()?;
            let is_so = element.text().await.ok()?.trim() == text;
            is_so.then_some(())
        };
        self.until(&format!("{xpath} reads {text:?}"), look).await;
    }

    /// Waits until there are so many.
    pub(crate) async fn counts(&self, xpath: &str, expected: usize) {
        let look = async || {
            let found = self.client().find_all(Locator::XPath(xpath)).await.ok()?;
            (found.len() == expected).then_some(())
        };
        self.until(&format!("{expected} times {xpath}"), look).await;
    }

    /// Waits until a script's expression is true.
    pub(crate) async fn is_true(&self, expression: &str) {
        let script = format!("return Boolean({expression})");
        let look = async || {
            let answer = self.client().execute(&script, Vec::new()).await.ok()?;
            (answer == true).then_some(())
        };
        self.until(expression, look).await;
    }

    /// With the mouse, which goes there first: some buttons are seen only then. The page may draw anew between a look and
    /// the click, so that it is tried until it is done.
    pub(crate) async fn click(&self, xpath: &str) {
        let look = async || self.try_to_click(xpath).await.ok();
        self.until(&format!("{xpath} is clicked"), look).await;
    }

    async fn try_to_click(&self, xpath: &str) -> Result<(), CmdError> {
        let element = self.client().find(Locator::XPath(xpath)).await?;
        let scroll = "arguments[0].scrollIntoView({ block: 'center' })";
        let argument = serde_json::to_value(&element)?;
        self.client().execute(scroll, vec![argument]).await?;
        let there = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
            element: element.clone(),
            duration: None,
            x: 0.0,
            y: 0.0,
        });
        self.client().perform_actions(there).await?;
        element.click().await
    }

    pub(crate) async fn choose(&self, select: &str, option: &str) {
        let xpath = format!(r#"{select}/option[. = "{option}"]"#);
        let look = async || {
            let option = self.client().find(Locator::XPath(&xpath)).await.ok()?;
            option.click().await.ok()
        };
        self.until(&format!("{xpath} is chosen"), look).await;
    }

    pub(crate) async fn types(&self, field: &str, text: &str) {
        let field = self.has(field).await;
        field.send_keys(text).await.unwrap();
    }

    /// Types to wherever the focus is. Control and Shift are held while the rest is typed.
    pub(crate) async fn presses(&self, keys: &str) {
        let is_held = |it: &char| [Key::Control, Key::Shift].map(char::from).contains(it);
        let (held, typed): (Vec<char>, Vec<char>) = keys.chars().partition(is_held);
        let down = |value| KeyAction::Down { value };
        let up = |value| KeyAction::Up { value };
        let each = typed.into_iter().flat_map(|it| [down(it), up(it)]);
        let all = held.iter().copied().map(down).chain(each);
        let all = all.chain(held.iter().copied().map(up));
        let actions = all.fold(KeyActions::new("keys".to_owned()), KeyActions::then);
        self.client().perform_actions(actions).await.unwrap();
    }

    /// On that part of the open place of the platform.
    pub(crate) async fn focus_is_on(&self, platform: &str, part: &str) {
        let selector = format!("[data-platform={platform}] [data-part={part}]:focus");
        self.is_true(&format!("document.querySelector({selector:?})"))
            .await;
    }
}

/// Unlike any other test's.
fn name_of(dir: &TempDir) -> String {
    let name = dir.path().file_name().unwrap().to_string_lossy();
    name.trim_start_matches('.').to_owned()
}
