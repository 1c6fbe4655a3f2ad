#pragma once

#include <string>

#include "curricula/compare.hpp"
#include "words/messages.hpp"

namespace peercert::words {

/// "In "to renew certified", continuing education now asks for at least 30 h instead of at least 20 h." What stands in
/// the editions themselves stays in the words of their authors.
std::string sentence(const curricula::RuleChange& change, const Messages& messages, Language language);

/// The same kind of change for programs: "amount", "asked_more" ...
std::string_view word_of(curricula::RuleChange::What what);

} // namespace peercert::words
