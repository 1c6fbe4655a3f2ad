#pragma once

#include <peercert/finding.hpp>

#include "exchange/json.hpp"

namespace peercert::exchange {

/// A finding tree as JSON: the shape that is frozen into decisions and shown by `--json` and the API. Members that say
/// nothing are left out; order is fixed, so equal findings are equal bytes.
///
///     {"clause": "continuing education", "kind": "CE", "answer": "not met", "have": 1560, "need": 1800, "unit":
///     "minutes",
///      "used": [{"entry": 4, "counted": 840, "of": 840, "part": "peer-specific"}], "refused": [...], "days": {...},
///      "holds_until": "2025-10-31", "next": {...}, "source": {...}, "parts": [...]}
Json finding_json(const Finding& finding);

/// "met", "not met", "not applicable", "needs a decision".
std::string_view answer_word(Verdict verdict);
std::string_view unit_word(Unit unit);
std::string_view reason_word(RefusalReason reason);
std::string_view step_word(NextStep::Kind kind);

} // namespace peercert::exchange
