// Before the first paint, so that a dark console does not flash white. A file and not inline: the content security policy
// allows no inline script. The key is Mantine's own.
(function () {
  var chosen = null;
  try { chosen = localStorage.getItem('mantine-color-scheme-value'); } catch { /* storage is blocked: follow the system */ }
  var dark = chosen === 'dark' || ((!chosen || chosen === 'auto') && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
