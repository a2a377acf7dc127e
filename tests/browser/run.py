#!/usr/bin/env python3
"""The page in a real browser: python3 tests/browser/run.py target/debug/dateline

Starts a server over the sample archive and drives headless Chromium through ChromeDriver (the W3C WebDriver protocol, spoken
with the standard library alone). Screenshots go to target/browser/.
"""
import base64
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHOTS = os.path.join(ROOT, "target", "browser")
# A story of the archive with a correction.
CORRECTED = "tag:reuters.example,2026:L1N4A30QX"
KILLED = "urn:kystnytt:2026:ferry"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fetch(url, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def wait_for(what, check, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = check()
            if found:
                return found
        except (OSError, urllib.error.URLError, ValueError):
            pass
        time.sleep(0.2)
    raise SystemExit(f"gave up waiting for {what}")


class Browser:
    def __init__(self, driver):
        args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--user-data-dir=" + tempfile.mkdtemp(prefix="dateline-browser-")]
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": {"args": args},
                                                   "goog:loggingPrefs": {"browser": "ALL"}}}}
        session = fetch(driver + "/session", wanted)["value"]["sessionId"]
        self.base = f"{driver}/session/{session}"

    def call(self, path, body=None, method=None):
        return fetch(self.base + path, body, method)["value"]

    def open(self, url):
        self.call("/url", {"url": url})

    def url(self):
        return self.call("/url")

    def all(self, css):
        return [e[ELEMENT] for e in self.call("/elements", {"using": "css selector", "value": css})]

    def one(self, css):
        found = self.all(css)
        assert found, f"nothing matches {css} at {self.url()}"
        return found[0]

    def text(self, css):
        return self.call(f"/element/{self.one(css)}/text")

    def texts(self, css):
        return [self.call(f"/element/{e}/text") for e in self.all(css)]

    def click(self, css):
        self.call(f"/element/{self.one(css)}/click", {})

    def follow(self, css):
        """Clicks what leads to another page, and waits for that page: a driver need not, and elements of the old page go stale."""
        self.js("window.left = true")
        self.click(css)
        wait_for(f"the page behind {css}", lambda: self.js("return !window.left && document.readyState === 'complete'"))

    def type(self, css, text):
        element = self.one(css)
        self.call(f"/element/{element}/clear", {})
        self.call(f"/element/{element}/value", {"text": text})

    def js(self, script):
        return self.call("/execute/sync", {"script": script, "args": []})

    def size(self, width, height):
        self.call("/window/rect", {"width": width, "height": height})

    def scheme(self, scheme):
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        self.call("/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": media})

    def shot(self, name):
        os.makedirs(SHOTS, exist_ok=True)
        with open(os.path.join(SHOTS, name + ".png"), "wb") as out:
            out.write(base64.b64decode(self.call("/screenshot")))

    def complaints(self):
        return [entry["message"] for entry in self.call("/se/log", {"type": "browser"}) if entry["level"] == "SEVERE"]


def number(text):
    return int(re.sub(r"\D", "", text))


def stories(browser):
    return number(re.match(r"[\d\s]+", browser.text(".head h1")).group())


def facets_have_counts_and_narrow(browser, site):
    browser.open(site)
    total = stories(browser)
    assert total >= 80, f"the sample archive has {total} stories"
    titles = browser.texts(".facet h2")
    for title in ("Speakers", "Countries", "Agency credit", "Language"):
        assert any(t.startswith(title) for t in titles), (title, titles)
    first = '[aria-label="Agency credit"] li a'
    count = number(browser.text(first + " .count"))
    browser.follow(first)
    assert stories(browser) == count, (stories(browser), count)
    assert len(browser.texts('[aria-label="Agency credit"] li')) > 1, "a facet's own choice must not shrink it"
    browser.follow('[aria-label="Agency credit"] li.chosen a')
    assert stories(browser) == total


def a_search_marks_what_it_found(browser, site):
    browser.open(site)
    browser.type("#q", "minister")
    browser.follow("button[type=submit]")
    assert stories(browser) > 0
    assert "minister" in [m.lower() for m in browser.texts("mark")]
    assert browser.js("return document.querySelector('#q').value") == "minister"


def a_story_opens_with_its_quotes(browser, site):
    browser.open(site + "?q=has:quote")
    headline = browser.text(".hit h2")
    browser.follow(".hit h2 a")
    assert browser.text(".story h1") == headline
    assert browser.all(".facts dt")
    assert browser.all(".body p")


def a_story_lists_its_versions_and_what_changed(browser, site):
    browser.open(site + "story?uri=" + urllib.parse.quote(CORRECTED, safe=""))
    versions = browser.texts(".versions li")
    assert len(versions) == 3, versions
    browser.follow(".versions li:last-child a")
    assert browser.all(".changes ins") and browser.all(".changes del")
    assert browser.all(".changes details"), "unchanged paragraphs are folded"
    assert not browser.js("return document.querySelector('.changes details').open")
    browser.click(".changes summary")
    assert browser.js("return document.querySelector('.changes details').open")
    browser.js("document.querySelector('#diff-from').value = '1'")
    browser.follow(".choose button")
    assert "from=1" in browser.url() and browser.js("return document.querySelector('#diff-from').value") == "1"


def changes_and_badges_can_be_read(browser, site):
    """Contrast of text on its ground, as WCAG 2 counts it, in light and dark."""
    browser.open(site + "diff?uri=" + urllib.parse.quote(CORRECTED, safe=""))
    for scheme in ("light", "dark"):
        browser.scheme(scheme)
        for pair in (("--alert-ink", "--alert"), ("--added-ink", "--added"), ("--removed-ink", "--removed"), ("--ink", "--paper")):
            one, other = (luminance(browser.js(f"return getComputedStyle(document.documentElement).getPropertyValue('{name}')"))
                          for name in pair)
            contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
            assert contrast >= 4.5, f"{pair} in {scheme}: {contrast:.2f}"
    browser.scheme("light")


def luminance(colour):
    digits = colour.strip().lstrip("#")
    parts = [int(digits[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def a_killed_story_leaves_a_tombstone(browser, site):
    browser.open(site + "story?uri=" + KILLED)
    assert browser.text(".tombstone h1") == "This story was killed"
    assert "No ferry sank." in browser.text(".tombstone .reason")
    assert "Havbris" not in browser.text("main")
    fits(browser, site, (("tombstone", "story?uri=" + KILLED),))


def quotes_are_listed_with_their_speakers(browser, site):
    browser.open(site + "quotes")
    assert browser.all("blockquote") and browser.all('[aria-label="Speakers"] li')


def a_bad_parameter_is_told_on_the_page(browser, site):
    browser.open(site + "?contry=NO")
    assert "contry" in browser.text("[role=alert]")


def nothing_found_says_what_to_do(browser, site):
    browser.open(site + "?q=" + urllib.parse.quote("zzzzqqqq"))
    assert stories(browser) == 0 and browser.all(".nothing li")


def a_story_keeps_the_marks_of_its_search(browser, site):
    browser.open(site + "?q=" + urllib.parse.quote("minister"))
    browser.follow(".hit h2 a")
    marks = [m.lower() for m in browser.texts(".story mark")]
    assert marks and all(m.startswith("minist") for m in marks), marks
    assert browser.js("return document.querySelector('#q').value") == "minister"


def a_story_leads_to_similar_ones(browser, site):
    browser.open(site + "story?uri=" + urllib.parse.quote(CORRECTED, safe=""))
    links = browser.all(".similar li a")
    assert 1 <= len(links) <= 5, len(links)
    assert all(t.startswith("in both: ") for t in browser.texts(".similar li p")), browser.texts(".similar li p")
    browser.follow(".similar li a")
    assert browser.all("article.story")


def what_is_typed_is_completed(browser, site):
    browser.open(site)
    browser.type("#q", "storfj")
    values = "return [...document.querySelectorAll('#completions option')].map(o => o.value)"
    found = wait_for("completions", lambda: browser.js(values), 20)
    assert 'speaker:"Ingvild Storfjell"' in found, found


def it_fits_wide_and_narrow(browser, site):
    corrected = urllib.parse.quote(CORRECTED, safe="")
    fits(browser, site, (("stories", "?q=minister"), ("quotes", "quotes"), ("start", ""), ("story", "story?uri=" + corrected),
                         ("diff", "diff?from=1&uri=" + corrected)))


def fits(browser, site, pages):
    for name, width, height in (("narrow", 500, 900), ("wide", 1400, 1000)):
        browser.size(width, height)
        for page, address in pages:
            browser.open(site + address)
            browser.shot(f"{page}-{name}")
            over = browser.js("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{page} at {width} px is {over} px too wide"


def killed_story(folder):
    """A story and its kill, which repeats the text: nothing of it may be shown."""
    os.makedirs(folder)
    story = {"uri": KILLED, "version": "1", "pubStatus": "usable", "versionCreated": "2026-03-02T09:00:00Z", "language": "en",
             "headlines": [{"value": "Ferry sinks"}], "infoSources": [{"name": "Kystnytt"}],
             "bodies": [{"contentType": "text/plain", "value": "The ferry Havbris sank, mayor Tilda Gronvik said."}]}
    kill = story | {"version": "2", "pubStatus": "canceled", "versionCreated": "2026-03-02T10:00:00Z", "edNote": "No ferry sank."}
    for item in (story, kill):
        with open(os.path.join(folder, f"ferry-{item['version']}.json"), "w") as out:
            json.dump(item, out)


def main():
    program = os.path.abspath(sys.argv[1])
    port, driver_port = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        killed_story(os.path.join(folder, "wire"))
        server = subprocess.Popen([program, "--index", os.path.join(folder, "index"), "serve", "--listen", f"127.0.0.1:{port}",
                                   "--watch", os.path.join(ROOT, "tests", "archive"), "--watch", os.path.join(folder, "wire")], stderr=subprocess.DEVNULL)
        driver = subprocess.Popen(["chromedriver", f"--port={driver_port}", "--allowed-ips="], stdout=subprocess.DEVNULL)
        browser, failed = None, 0
        try:
            site = f"http://127.0.0.1:{port}/"
            wait_for("the stories", lambda: fetch(site + "healthz")["stories"] >= 80)
            wait_for("the driver", lambda: fetch(f"http://127.0.0.1:{driver_port}/status")["value"]["ready"])
            browser = Browser(f"http://127.0.0.1:{driver_port}")
            browser.size(1400, 1000)
            checks = [facets_have_counts_and_narrow, a_search_marks_what_it_found, a_story_opens_with_its_quotes,
                      a_story_keeps_the_marks_of_its_search, a_story_leads_to_similar_ones, what_is_typed_is_completed,
                      a_story_lists_its_versions_and_what_changed, changes_and_badges_can_be_read,
                      quotes_are_listed_with_their_speakers, nothing_found_says_what_to_do, it_fits_wide_and_narrow]
            for check in checks:
                failed += not passes(check, browser, site)
            complaints = browser.complaints()
            if complaints:
                failed += 1
                print("FAILED the browser complains:", *complaints, sep="\n  ")
            # A status of 4xx is a complaint of the browser's too, so that these come last.
            for check in (a_bad_parameter_is_told_on_the_page, a_killed_story_leaves_a_tombstone):
                failed += not passes(check, browser, site)
        finally:
            if browser:
                browser.call("", method="DELETE")
            driver.terminate()
            server.terminate()
            code = server.wait(timeout=30)
        if code != 0:
            failed += 1
            print(f"FAILED the server ended with {code} when asked to stop")
    sys.exit(1 if failed else 0)


def passes(check, browser, site):
    name = check.__name__.replace("_", " ")
    try:
        check(browser, site)
    except (AssertionError, urllib.error.URLError) as error:
        print(f"FAILED {name}: {error!r}")
        return False
    print(f"ok {name}")
    return True


if __name__ == "__main__":
    main()
