module.exports = { data: {}, log: {} };
