// policy.toml: what is accepted is accepted again as it was understood, and what is refused is
// refused with a place, and without a word that people wrote.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/policy_change.h"
#include "config/policy_file.h"
#include "config/policy_places.h"
#include "config/policy_words.h"
#include "daemon/model/calendar.h"
#include "tests/fuzz/settings_promise.h"

namespace omamori {
namespace {

template <class Items, class Write>
std::string listed(const Items& items, Write write) {
  std::string out = "[";
  for (const auto& item : items) out += (out.size() > 1 ? ", " : "") + write(item);
  return out + "]";
}

void add(std::string& out, const char* key, const std::string& value) {
  out += std::string(key) + " = " + value + "\n";
}

std::string settings_of(const Policy& policy) {
  const auto number = [](int value) { return std::to_string(value); };
  const auto day = [](Day value) { return to_string(value); };
  const Terms& terms = policy.terms;
  std::string out;
  add(out, "language", in_quotes(word_of(language_words, policy.language)));
  add(out, "contact", in_quotes(policy.contact));
  add(out, "standard_interval_months", number(terms.standard_interval_months));
  add(out, "extended_interval_months", number(terms.extended_interval_months));
  add(out, "max_interval_months", number(terms.max_interval_months));
  add(out, "initial_months", number(terms.initial_months));
  add(out, "start_month", in_quotes(word_of(start_month_words, terms.include_start_month)));
  add(out, "initial_starts",
      in_quotes(word_of(initial_starts_words, terms.initial_from_next_month)));
  add(out, "send_at", in_quotes(time_text(policy.send_at)));
  add(out, "weekly_on", in_quotes(word_of(weekday_words, policy.weekly_on)));
  add(out, "fallback_after", in_quotes(duration_text(policy.fallback_after)));
  add(out, "urgent_fallback_after", in_quotes(duration_text(policy.urgent_fallback_after)));
  add(out, "urgent_answer_after", in_quotes(duration_text(policy.urgent_answer_after)));
  add(out, "urgent_hours", in_quotes(hours_text(policy.urgent_hours)));
  add(out, "closed_days", listed(policy.closed_days, day));
  add(out, "lapse_response_days", number(policy.lapse_response_days));
  add(out, "baseline_days", number(policy.baseline_days));
  add(out, "max_pause_days", number(policy.max_pause_days));
  add(out, "renewal_notice_days", listed(policy.renewal_notice_days, number));
  return out;
}

std::string tables_of(const Policy& policy) {
  std::string out;
  for (const OfficeInterval& office : policy.terms.offices) {
    out += "[[office]]\n";
    add(out, "code", in_quotes(office.office));
    add(out, "interval_months", std::to_string(office.interval_months));
  }
  for (const Override& item : policy.terms.overrides) {
    out += "[[override]]\n";
    add(out, "client", in_quotes(item.client));
    add(out, "interval_months", std::to_string(item.interval_months));
    add(out, "from", to_string(item.from));
    if (item.until) add(out, "until", to_string(*item.until));
    if (item.agreed_on) add(out, "agreed_on", to_string(*item.agreed_on));
    add(out, "reason", in_quotes(item.reason));
  }
  for (const Stage& stage : policy.stages) {
    out += "[[stage]]\n";
    add(out, "name", in_quotes(stage.name));
    add(out, "days", std::to_string(stage.days));
    add(out, "repeat_days", std::to_string(stage.repeat_days));
    add(out, "to",
        listed(stage.to, [](Role role) { return in_quotes(word_of(stage_role_words, role)); }));
  }
  return out;
}

void check_words(const std::vector<std::string>& lines) {
  constexpr std::size_t kMost = 6000;  // a line can name every closed day
  for (const std::string& line : lines) promise_of_message(line, kMost);
}

void check_places(std::string_view text, const Policy& policy) {
  const PolicyPlaces places = policy_places(text);
  for (const auto& [key, line] : places.settings) {
    promise(line >= 1 && line <= lines_of(text), "a setting is on a line of the file");
  }
  for (const OfficeInterval& office : policy.terms.offices) {
    promise(places.office(office.office) >= 1, "an office that has an interval has a line");
  }
  for (const Override& item : policy.terms.overrides) {
    promise(places.override_of(item.client, item.from) >= 1, "an override has a line");
  }
}

void check(std::string_view text) {
  const auto parse = [](std::string_view of) { return parse_policy(of, kSettings); };
  const auto parsed = promise_of_parsing(text, parse);
  if (!parsed.value) return;
  const Policy& policy = *parsed.value;
  const auto again = parse(settings_of(policy) + tables_of(policy));
  promise(again.value == parsed.value, "a policy that is accepted is accepted again, as it was");
  check_places(text, policy);
  promise(describe_change(policy, policy).empty(), "nothing has changed where nothing has");
  for (const Language language : {Language::ja, Language::en}) {
    check_words(describe_change({}, policy, language));
    check_words(describe_change(policy, {}, language));
  }
  promise(describe_change({}, policy).empty() == (policy == Policy{}), "what has changed is told");
  check_words(
      policy_warnings(policy, std::vector<std::string>{"OF-1"}, std::vector<std::string>{"C-1"}));
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  omamori::check(omamori::text_of(data, size));
  return 0;
}
