/* Where nobody is signed in, no page of visits of whoever was stays on the device; what waits to be sent does. */
(function () {
  'use strict';
  if (window.caches) { window.caches.delete('oversight-visits'); }
})();
