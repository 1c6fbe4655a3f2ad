#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/assessment.hpp"
#include "words/sheet.hpp"

/// What several answers say alike. Private to this room.
namespace peercert::words {

inline void line(Sheet& sheet, std::string text, int indent = 0, Tone tone = Tone::plain) {
    sheet.push_back({indent, {}, std::move(text), tone});
}
inline void heading(Sheet& sheet, std::string text) {
    sheet.push_back({});
    sheet.push_back({0, {}, std::move(text), Tone::heading});
}

/// What is still open, one line a clause.
void tell_open(Sheet& sheet, const std::vector<services::OpenClause>& open, const Speaker& speaker, int indent);
/// "{line}; fee 75.00 USD" and the like: the sentence `key`, or `key`_open when a part of the fee is not known.
std::string fee_line(const rules::FeeAnswer& fee, const Speaker& speaker, const std::string& key,
                     const std::string& day_or_line = {});
/// "The term would go from ... to ...": `key`, or `key`_no_end.
std::string term_line(const rules::PresentTerm& term, const Speaker& speaker, const std::string& key);
/// What a holder may do on the day, in the words of every answer that says it: with what others have to confirm.
void tell_purpose(Sheet& sheet, const services::PurposeAnswer& one, const Speaker& speaker, int indent);
std::string joined(const std::vector<std::string>& words);

} // namespace peercert::words
