// Counts a page that came from a cache, and clicks on links to other websites.
// No cookie, nothing stored; without it a picture counts the page.
(function () {
  "use strict";
  var me = document.currentScript;
  function send(name, value) {
    var body = new URLSearchParams({ p: me.dataset.page });
    if (name) body.set(name, value);
    navigator.sendBeacon(me.dataset.beacon, body);
  }
  if ("count" in me.dataset) send("r", document.referrer);
  function clicked(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (link && /^https?:$/.test(link.protocol) && link.host !== location.host) {
      send("l", link.href);
    }
  }
  document.addEventListener("click", clicked);
  document.addEventListener("auxclick", clicked);
})();
