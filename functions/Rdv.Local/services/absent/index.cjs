// For the mail catcher, which cleans the HTML of mails with a whole browser in memory: no mail of ours has any, and what has some is shown as its source.
module.exports = () => ({ sanitize: html => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;') });
module.exports.JSDOM = class {};

// The blob server extends a class of its SQL store as it is loaded, and never makes one.
module.exports.Model = class {};
