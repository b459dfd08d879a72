"""driver.py - a headless Chromium through chromedriver's WebDriver, with Python's own library alone.
SPDX-License-Identifier: GPL-3.0-or-later

    with Browser(width=1280, height=900, dark=False) as b:
        b.open("/tmp/report.html"); b.run("return document.title")
"""
import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))
ENTER, ESCAPE, TAB = "\ue007", "\ue00c", "\ue004"
LEFT, UP, RIGHT, DOWN = "\ue012", "\ue013", "\ue014", "\ue015"


def programs():
    """Paths of chromedriver and chromium, None where one is absent."""
    driver = shutil.which("chromedriver")
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return driver, browser


class Browser:
    def __init__(self, width=1280, height=900, dark=False):
        driver, binary = programs()
        self.profile = tempfile.mkdtemp(prefix="spil-browser-")
        self.log = open(os.path.join(self.profile, "driver.log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen([driver, "--port=0"], stdout=self.log, stderr=subprocess.STDOUT)
        self.session = None
        self.base = "http://127.0.0.1:%d" % self._port()
        arguments = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--hide-scrollbars", "--lang=en", "--user-data-dir=" + self.profile + "/profile"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": binary, "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})
        self.session = answer["sessionId"]
        self.size(width, height)
        if dark:
            self.cdp("Emulation.setEmulatedMedia",
                     {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})

    def _port(self):
        for _ in range(200):
            self.log.seek(0)
            found = re.search(r"successfully on port (\d+)", self.log.read())
            if found:
                return int(found.group(1))
            time.sleep(0.05)
        raise RuntimeError("chromedriver does not start: see " + self.log.name)

    def _ask(self, method, path, body=None):
        prefix = "/session/" + self.session if self.session else ""
        request = urllib.request.Request(self.base + prefix + path, method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        try:
            with LOCAL.open(request, timeout=180) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"].splitlines()[0]) from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            if self.session:
                self._ask("DELETE", "")
        finally:
            self.process.terminate()
            self.process.wait(10)
            self.log.close()
            shutil.rmtree(self.profile, ignore_errors=True)

    def open(self, path):
        self._ask("POST", "/url", {"url": "file://" + os.path.abspath(path)})

    def run(self, script, *arguments):
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def later(self, script, *arguments):
        """A script that calls its last argument with the answer."""
        return self._ask("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def cdp(self, command, parameters=None):
        return self._ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters or {}})

    def size(self, width, height):
        self.cdp("Emulation.setDeviceMetricsOverride",
                 {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def find(self, selector):
        return self._ask("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def type(self, selector, text):
        self._ask("POST", "/element/%s/value" % self.find(selector), {"text": text})

    def keys(self, text):
        """To whatever has the focus."""
        actions = []
        for key in text:
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def mouse(self, *moves):
        """moves: ("to", x, y), ("down",), ("up",) in pixels of the viewport."""
        steps = {"to": lambda x, y: {"type": "pointerMove", "duration": 40, "x": round(x), "y": round(y)},
                 "down": lambda: {"type": "pointerDown", "button": 0},
                 "up": lambda: {"type": "pointerUp", "button": 0}}
        self._ask("POST", "/actions", {"actions": [
            {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"},
             "actions": [steps[move[0]](*move[1:]) for move in moves]}]})

    def wait(self, script, seconds=5):
        """Until the script gives something true, which is returned."""
        end = time.monotonic() + seconds
        while True:
            value = self.run(script)
            if value or time.monotonic() > end:
                return value
            time.sleep(0.03)

    def console(self):
        return [row for row in self._ask("POST", "/se/log", {"type": "browser"})
                if row["level"] in ("SEVERE", "WARNING")]

    def requests(self):
        """Every address that a page asked for since the last call."""
        out = []
        for row in self._ask("POST", "/se/log", {"type": "performance"}):
            message = json.loads(row["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                out.append(message["params"]["request"]["url"])
        return out

    def screenshot(self, path):
        with open(path, "wb") as out:
            out.write(base64.b64decode(self._ask("GET", "/screenshot")))

    def pdf(self, tries=4):
        """chromedriver waits ten seconds for a page to be printed, which a busy machine may need: then once more."""
        for left in range(tries - 1, -1, -1):
            try:
                return base64.b64decode(self._ask("POST", "/print", {
                    "page": {"width": 21.0, "height": 29.7}, "background": True, "shrinkToFit": False}))
            except RuntimeError as error:
                if not left or "Timed out" not in str(error):
                    raise
                time.sleep(5)
