#include "words/verification.hpp"

#include <algorithm>
#include <array>

#include "words/json.hpp"

namespace peercert::words {
namespace {

using services::VerificationAnswer;
using services::VerificationOutcome;

/// Most texts are plain ASCII, which needs no look at each code point.
void append_text(std::string& out, std::string_view text) {
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; });
    if (!plain) {
        append_json_string(out, text);
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

void append_or_null(std::string& out, std::string_view text) {
    if (text.empty())
        out += "null";
    else
        append_text(out, text);
}

void append_day(std::string& out, const std::optional<Date>& day) {
    if (!day || !day->ok()) { // an answer without a day: the record could not even be opened
        out += "null";
        return;
    }
    const int year = static_cast<int>(day->year());
    const unsigned month = static_cast<unsigned>(day->month());
    const unsigned date = static_cast<unsigned>(day->day());
    const auto digit = [](unsigned value) { return static_cast<char>('0' + value % 10); };
    const auto y = static_cast<unsigned>(year);
    const std::array<char, 12> text{'"',
                                    digit(y / 1000),
                                    digit(y / 100),
                                    digit(y / 10),
                                    digit(y),
                                    '-',
                                    digit(month / 10),
                                    digit(month),
                                    '-',
                                    digit(date / 10),
                                    digit(date),
                                    '"'};
    out.append(text.data(), text.size());
}

bool says_nothing_of_a_credential(VerificationOutcome outcome) {
    return outcome == VerificationOutcome::no_match || outcome == VerificationOutcome::cannot_check;
}

std::string_view word_key(const VerificationAnswer& answer) {
    switch (answer.outcome) {
    case VerificationOutcome::certified: return answer.projection ? "verify.word.projected" : "verify.word.certified";
    case VerificationOutcome::expired: return "verify.word.expired";
    case VerificationOutcome::suspended: return "verify.word.suspended";
    case VerificationOutcome::revoked: return "verify.word.revoked";
    case VerificationOutcome::surrendered: return "verify.word.surrendered";
    case VerificationOutcome::replaced: return "verify.word.replaced";
    case VerificationOutcome::ended: return "verify.word.ended";
    case VerificationOutcome::not_yet_effective: return "verify.word.not_yet_effective";
    case VerificationOutcome::no_match: return "verify.word.no_match";
    case VerificationOutcome::cannot_check: return "verify.word.cannot_check";
    }
    return "verify.word.cannot_check";
}

std::string_view sentence_key(const VerificationAnswer& answer) {
    if (answer.was_certified_only())
        return "verify.says.was_certified";
    switch (answer.outcome) {
    case VerificationOutcome::certified: return answer.projection ? "verify.says.projected" : "verify.says.certified";
    case VerificationOutcome::expired: return "verify.says.expired";
    case VerificationOutcome::suspended: return "verify.says.suspended";
    case VerificationOutcome::revoked: return "verify.says.revoked";
    case VerificationOutcome::surrendered: return "verify.says.surrendered";
    case VerificationOutcome::replaced: return "verify.says.replaced";
    case VerificationOutcome::ended: return "verify.says.ended";
    case VerificationOutcome::not_yet_effective: return "verify.says.not_yet_effective";
    case VerificationOutcome::no_match: return "verify.says.no_match";
    case VerificationOutcome::cannot_check: return "verify.says.cannot_check";
    }
    return "verify.says.cannot_check";
}

} // namespace

namespace {

/// What became of a past yes.
std::string_view today_key(VerificationOutcome outcome) {
    switch (outcome) {
    case VerificationOutcome::expired: return "verify.today.expired";
    case VerificationOutcome::suspended: return "verify.today.suspended";
    case VerificationOutcome::revoked: return "verify.today.revoked";
    case VerificationOutcome::surrendered: return "verify.today.surrendered";
    case VerificationOutcome::replaced: return "verify.today.replaced";
    case VerificationOutcome::ended: return "verify.today.ended";
    case VerificationOutcome::certified:
    case VerificationOutcome::not_yet_effective:
    case VerificationOutcome::no_match:
    case VerificationOutcome::cannot_check: break;
    }
    return "verify.today.other";
}

} // namespace

std::string_view code_of(VerificationOutcome outcome) {
    switch (outcome) {
    case VerificationOutcome::certified: return "certified";
    case VerificationOutcome::expired: return "expired";
    case VerificationOutcome::suspended: return "suspended";
    case VerificationOutcome::revoked: return "revoked";
    case VerificationOutcome::surrendered: return "surrendered";
    case VerificationOutcome::replaced: return "replaced";
    case VerificationOutcome::ended: return "ended";
    case VerificationOutcome::not_yet_effective: return "not_yet_effective";
    case VerificationOutcome::no_match: return "no_match";
    case VerificationOutcome::cannot_check: return "cannot_check";
    }
    return "cannot_check";
}

std::string added_levels_text(const VerificationAnswer& answer, const Messages& messages, Language language) {
    std::string levels;
    for (const services::VerifiedLevel& one : answer.added_levels)
        levels += (levels.empty() ? "" : ", ") + messages.name(language, one.level);
    return levels;
}

std::string headline(const VerificationAnswer& answer, const Messages& messages, Language language) {
    if (answer.was_certified_only())
        return messages.format(language, "verify.word.was_certified",
                               {{"day", messages.day(language, answer.asked_day)}});
    return messages.text(language, word_key(answer));
}

namespace {

// Around a programme's own words while a sentence is made; no text on record holds control characters.
constexpr char own_words_begin = '\x02', own_words_end = '\x03';

std::string of_programme(std::string_view words) { return own_words_begin + std::string(words) + own_words_end; }

std::string plain(std::string_view words) { return std::string(words); }

template <class Own>
std::string sentences(const VerificationAnswer& answer, const Messages& messages, Language language, Own own) {
    const auto day_text = [&](Date day) { return messages.day(language, day); };
    if (says_nothing_of_a_credential(answer.outcome))
        return messages.text(language, sentence_key(answer));
    // The title stays as it is printed: whoever checks compares it with the certificate, letter by letter.
    const auto as_it_is = [&](std::string_view words) {
        return messages.format(language, "name.untranslated", {{"name", own(words)}});
    };
    const auto told = [&](std::string_view words) {
        const auto known = language == Language::english ? std::nullopt : messages.known_name(language, words);
        return known ? *known : as_it_is(words);
    };
    std::string says;
    messages.append(says, language, sentence_key(answer),
                    {{"day", day_text(answer.asked_day)},
                     {"holder", answer.holder},
                     {"credential", as_it_is(answer.credential_title)}});
    const auto add = [&](std::string_view key, std::string_view place, std::string_view value) {
        says += ' ';
        messages.append(says, language, key, {{place, value}});
    };
    if (answer.outcome == VerificationOutcome::not_yet_effective) {
        if (answer.term_first_day)
            add("verify.says.first_day", "day", day_text(*answer.term_first_day));
    } else if (answer.was_certified_only()) { // its last day came early, or is long past
        const std::string_view key =
            answer.today_since ? today_key(*answer.outcome_today) : std::string_view("verify.today.other");
        add(key, "day", answer.today_since ? day_text(*answer.today_since) : std::string());
    } else if (answer.outcome == VerificationOutcome::certified) {
        if (answer.last_valid_day)
            add("verify.says.last_day_ahead", "day", day_text(*answer.last_valid_day));
    } else if (answer.outcome == VerificationOutcome::expired) {
        if (answer.last_valid_day)
            add("verify.says.last_day", "day", day_text(*answer.last_valid_day));
    } else if (answer.status_since) {
        add("verify.says.since", "day", day_text(*answer.status_since));
    }
    if (!answer.status_name.empty())
        add("verify.says.stands", "status", told(answer.status_name));
    if (!answer.added_levels.empty())
        add("verify.says.added", "levels", added_levels_text(answer, messages, language));
    if (answer.list_shows_until)
        add("verify.says.list_shows", "day", day_text(*answer.list_shows_until));
    if (!answer.restriction.empty())
        add("verify.says.condition", "condition", told(answer.restriction));
    if (answer.projection && answer.outcome != VerificationOutcome::certified)
        add("verify.says.if_nothing_changes", "", "");
    return says;
}

} // namespace

std::string statement(const VerificationAnswer& answer, const Messages& messages, Language language) {
    return sentences(answer, messages, language, plain);
}

std::vector<StatementPiece> statement_pieces(const VerificationAnswer& answer, const Messages& messages,
                                             Language language) {
    const std::string whole = sentences(answer, messages, language, of_programme);
    std::vector<StatementPiece> pieces;
    std::string_view rest = whole;
    for (bool own = false; !rest.empty(); own = !own) {
        const std::size_t end = std::min(rest.find(own ? own_words_end : own_words_begin), rest.size());
        if (end > 0)
            pieces.push_back({std::string(rest.substr(0, end)), own});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return pieces;
}

void append_json(std::string& out, const VerificationAnswer& answer, const Messages& messages) {
    out += answer.outcome == VerificationOutcome::certified ? "{\"certified\":true,\"outcome\":\""
                                                            : "{\"certified\":false,\"outcome\":\"";
    out += code_of(answer.outcome);
    out += "\",\"asked\":";
    append_or_null(out, answer.asked);
    out += ",\"number\":";
    append_or_null(out, answer.number);
    out += ",\"valid_on\":";
    append_day(out, answer.asked_day);
    out += answer.projection ? ",\"projection\":true,\"outcome_today\":" : ",\"projection\":false,\"outcome_today\":";
    append_or_null(out, answer.outcome_today ? code_of(*answer.outcome_today) : std::string_view{});
    out += ",\"holder\":";
    append_or_null(out, answer.holder);
    out += ",\"credential\":";
    append_or_null(out, answer.credential_title);
    out += ",\"level\":";
    append_or_null(out, answer.level);
    out += ",\"added_levels\":[";
    for (const services::VerifiedLevel& one : answer.added_levels) {
        out += &one == answer.added_levels.data() ? "{\"level\":" : ",{\"level\":";
        append_text(out, one.level);
        out += ",\"first_day\":";
        append_day(out, one.first_day);
        out += ",\"last_day\":";
        append_day(out, one.last_day);
        out += '}';
    }
    out += "],\"issuer\":";
    append_or_null(out, answer.issuer);
    out += ",\"first_issued\":";
    append_day(out, answer.first_issued);
    if (answer.term_first_day) {
        out += ",\"term\":{\"first_day\":";
        append_day(out, answer.term_first_day);
        out += ",\"last_day\":";
        append_day(out, answer.last_valid_day);
        out += '}';
    } else {
        out += ",\"term\":null";
    }
    out += ",\"list_shows_until\":";
    append_day(out, answer.list_shows_until);
    out += ",\"status\":";
    append_or_null(out, answer.status_name);
    out += ",\"status_since\":";
    append_day(out, answer.status_since);
    out += ",\"restriction\":";
    append_or_null(out, answer.restriction);
    out += ",\"statement\":";
    append_text(out, statement(answer, messages, Language::english));
    out += ",\"checked_at\":";
    append_or_null(out, answer.checked_at);
    out += ",\"data_as_of\":";
    append_or_null(out, answer.data_as_of);
    out += '}';
}

std::string to_json(const VerificationAnswer& answer, const Messages& messages) {
    std::string out;
    out.reserve(1024);
    append_json(out, answer, messages);
    return out;
}

} // namespace peercert::words
