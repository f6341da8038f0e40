#include "daemon/reminders/shown_names.h"

#include <set>

namespace omamori {
namespace {

using Names = std::map<std::string, std::string>;
using Codes = std::set<std::string>;

template <class Find>
std::shared_ptr<const Names> names_of(const Codes& codes, Find find) {
  Names names;
  for (const std::string& code : codes) {
    try {
      const auto known = find(code);
      if (known && !known->name.empty()) names.emplace(code, known->name);
    } catch (const BadRow&) {
      continue;
    }
  }
  return std::make_shared<const Names>(std::move(names));
}

StaffNames staff_names(const Codes& codes, Store& store) {
  return names_of(codes, [&](const std::string& code) { return store.staff(code); });
}

void add(const Acting& acting, Codes& codes) {
  codes.insert(acting.staff);
  codes.insert(acting.of_record);
}

void add(const Line& line, Codes& codes) {
  for (const std::string* code :
       {&line.reminder.staff, &line.case_manager, &line.answered_by, &line.instead_of,
        &line.not_reached, &line.handed_over_from, &line.provider}) {
    codes.insert(*code);
  }
  if (line.acts_now) add(*line.acts_now, codes);
  if (line.stands_in) add(*line.stands_in, codes);
  for (const ToCall& one : line.to_call) codes.insert(one.staff);
  if (line.receipt) codes.insert(line.receipt->staff);
}

}  // namespace

void add_names(Digest& digest, Service& service) {
  if (!service.config().show_names) return;
  Codes codes{digest.to};
  for (const Line& line : digest.lines) add(line, codes);
  digest.staff_names = staff_names(codes, service.store());
  for (Line& line : digest.lines) line.staff_names = digest.staff_names;
}

void add_names(WeeklyReport& report, Service& service) {
  if (!service.config().show_names) return;
  Codes clients;
  Codes staff;
  const auto add_rows = [&](const auto& rows) {
    for (const auto& row : rows) {
      clients.insert(row.client);
      staff.insert(row.case_manager);
    }
  };
  const WeeklyFigures& figures = report.figures;
  add_rows(figures.months);
  add_rows(figures.suspended);
  add_rows(figures.gaps);
  add_rows(figures.risks);
  for (const RiskItem& item : figures.risks) add(item.acts, staff);
  for (const WeeklyDeadLetter& dead : figures.dead_letters) staff.insert(dead.staff);
  for (const auto& [code, acting] : figures.acts_now) add(acting, staff);
  Store& store = service.store();
  report.staff_names = staff_names(staff, store);
  report.client_names =
      names_of(clients, [&](const std::string& code) { return store.client(code); });
}

}  // namespace omamori
