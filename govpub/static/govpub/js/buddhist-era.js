/* Opens Wagtail's date picker at the day that was typed, in either era and either
   digit set. It only moves the calendar; what was typed stays as it was typed. */
(() => {
  const OFFSET = 543;
  const FIRST_BE_YEAR = 2400;

  const typedDay = (text) => {
    const plain = text.replace(/[๐-๙]/g, (d) => d.charCodeAt(0) - "๐".charCodeAt(0));
    const named = wagtailConfig.STRINGS.MONTHS.reduce(
      (found, name, index) => found.replace(name, `/${index + 1}/`),
      plain,
    );
    const [first, month, last, hour = 0, minute = 0] = (named.match(/\d+/g) || []).map(Number);
    const [year, day] = first > 31 ? [first, last] : [last, first];
    const common = year >= FIRST_BE_YEAR ? year - OFFSET : year;
    const moment = new Date(common, month - 1, day, hour, minute);
    return moment.getMonth() === month - 1 && moment.getDate() === day ? moment : null;
  };

  const opened = function opened(current, input) {
    const day = typedDay(input.val()) || (input.val() ? new Date() : null);
    if (day) {
      current.setTime(day.getTime());
      this.trigger("xchange.xdsoft");
    }
  };

  ["initDateChooser", "initDateTimeChooser"].forEach((name) => {
    const stock = window[name];
    window[name] = (id, options) =>
      stock(id, options && options.yearOffset ? { ...options, onShow: opened } : options);
  });
})();
