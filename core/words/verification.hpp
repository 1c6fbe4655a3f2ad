#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/verification_answer.hpp"
#include "words/messages.hpp"

/// The answer to "is this number certified on that day" as JSON (API and `--json` alike) and as sentences.
namespace peercert::words {

/// "certified", "expired", ... "no_match", "cannot_check": the enumerators' names, stable.
std::string_view code_of(services::VerificationOutcome outcome);

/// One JSON object, always the same members in the same order, null where there is nothing to say:
/// certified (true only for outcome "certified"), outcome, number, valid_on, projection, outcome_today (of a past
/// valid_on: the outcome for today), holder, credential, level, added_levels (each level, first_day, last_day), issuer,
/// first_issued, term {first_day, last_day}, list_shows_until, status, status_since, restriction, statement (a sentence
/// in English), checked_at, data_as_of. No line end.
std::string to_json(const services::VerificationAnswer& answer, const Messages& messages);
/// The same, appended to `out` (the hot path: no allocation once `out` is large enough).
void append_json(std::string& out, const services::VerificationAnswer& answer, const Messages& messages);

/// The levels added to the credential, one after the other, as the language calls them.
std::string added_levels_text(const services::VerificationAnswer& answer, const Messages& messages, Language language);
/// The answer in a word or two, or "Was certified on ..." where today's is another; the word of a yes is used by
/// `certified` only.
std::string headline(const services::VerificationAnswer& answer, const Messages& messages, Language language);
/// The answer in one to five sentences: what it is, until or since when, under which condition.
std::string statement(const services::VerificationAnswer& answer, const Messages& messages, Language language);

/// A stretch of it. What a programme calls its credential, and what of its status and conditions nobody has translated,
/// stays in the programme's own words, which are English in any sentence: whatever reads the page aloud has to be told.
struct StatementPiece {
    std::string text;
    bool of_programme{false};
};
std::vector<StatementPiece> statement_pieces(const services::VerificationAnswer& answer, const Messages& messages,
                                             Language language);

} // namespace peercert::words
