#include "daemon/commands/report_table.h"

#include <cmath>
#include <cstdio>

#include "daemon/import/csv/row_writer.h"

namespace omamori {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string text_of(const json::value& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return std::string(value.as_string());
  if (!value.is_array()) return json::serialize(value);
  std::string out;
  for (const json::value& part : value.as_array()) out += (out.empty() ? "" : " ") + text_of(part);
  return out;
}

std::string decimal(double number, int places) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", places, number);
  return text;
}

// Boost.JSON writes 0.917 as 9.17E-1, which is the same to machines only.
std::string json_of_cell(const json::value& value) {
  return value.is_double() ? decimal(value.as_double(), 3) : json::serialize(value);
}

std::vector<std::string> heads(const std::vector<ReportColumn>& columns, const Tongue& say) {
  std::vector<std::string> found;
  for (const ReportColumn& column : columns) {
    if (!column.data_only) found.push_back(say(column.ja, column.en));
  }
  return found;
}

std::string without_mark(std::string head) {
  if (head.starts_with('>')) head.erase(0, 1);
  return head;
}

}  // namespace

std::string ReportCell::text() const { return text_ ? *text_ : text_of(value_); }

ReportCell percent(const std::optional<double>& share) {
  if (!share) return {nullptr};
  // As many digits as anybody reads, also in JSON.
  const double rounded = std::round(*share * 1000) / 1000;
  return {rounded, decimal(rounded * 100, 1) + "%"};
}

ReportCell number_cell(const std::optional<double>& number) {
  if (!number) return {nullptr};
  if (*number == std::floor(*number)) return {static_cast<int>(*number)};
  return {*number, decimal(*number, 1)};
}

ReportCell yes_cell(bool yes, const Tongue& say) { return {yes, yes ? say("はい", "yes") : ""}; }

ReportCell staff_cell(const std::string& code, const Tongue& say) {
  if (code.empty()) return {nullptr, say("（なし）", "(none)")};
  return {code};
}

ReportTable::ReportTable(Form form, const Tongue& say, std::vector<ReportColumn> columns)
    : form_(form), columns_(std::move(columns)), table_(heads(columns_, say)) {
  if (form_ == Form::json) out_ = "[";
  if (form_ != Form::csv) return;
  RowWriter row(out_);
  for (const ReportColumn& column : columns_) row.cell(without_mark(say(column.ja, column.en)));
}

void ReportTable::add(const std::vector<ReportCell>& cells) {
  switch (form_) {
    case Form::text: {
      std::vector<std::string> texts;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!columns_[i].data_only) texts.push_back(cells[i].text());
      }
      table_.add(std::move(texts));
      break;
    }
    case Form::csv: {
      RowWriter row(out_);
      for (const ReportCell& cell : cells) {
        cell.value().is_number() ? row.number(cell.text()) : row.cell(cell.text());
      }
      break;
    }
    case Form::json: {
      out_ += rows_ > 0 ? ",{" : "{";
      for (std::size_t i = 0; i < cells.size(); ++i) {
        out_ += (i > 0 ? ",\"" : "\"") + columns_[i].key + "\":" + json_of_cell(cells[i].value());
      }
      out_ += '}';
      break;
    }
  }
  ++rows_;
}

std::string ReportTable::finish() {
  if (form_ == Form::text) return table_.text();
  if (form_ == Form::json) out_ += ']';
  return std::move(out_);
}

Response respond(const ReportRequest& request, const Report& report) {
  Response response;
  json::array unreadable;
  for (const std::string& row : report.unreadable) {
    response.err += row + ": cannot be read and is left out (omamorictl check)\n";
    unreadable.emplace_back(row);
  }
  switch (request.form) {
    case Form::text:
      response.out = report.title + "\n" +
                     (report.body.empty() ? report.none + "\n" : report.body) + report.notes;
      break;
    case Form::csv:
      response.out = std::string(kByteOrderMark) + report.body;
      break;
    case Form::json:
      response.out = json::serialize(report.head);
      response.out.pop_back();
      response.out +=
          R"(,"rows":)" + report.body + R"(,"unreadable":)" + json::serialize(unreadable) + "}\n";
      break;
  }
  return response;
}

}  // namespace omamori
