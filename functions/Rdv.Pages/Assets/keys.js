// The keys of the hotline. A key presses the control that bears it (data-key), while the focus is among controls that have keys (data-keys), so that
// nobody who dictates to the computer or types a letter elsewhere is surprised (WCAG 2.1.4). The page does the same without this file.
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const typing = event.target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select');
  if (typing && event.key !== 'Escape') return;
  const among = event.key === 'Escape' ? document : event.target.closest('[data-keys]');
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const control = among?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!control) return;
  event.preventDefault();
  if (control.matches('input')) control.select(); else control.click();
});
