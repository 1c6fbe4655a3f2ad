#include "curricula/edition_reader.hpp"

#include <functional>
#include <map>

#include <sodium/crypto_hash_sha256.h>

#include <peercert/error.hpp>

#include "curricula/calendars.hpp"
#include "curricula/gaps.hpp"
#include "curricula/read_document.hpp"
#include "curricula/reading.hpp"
#include "curricula/resolve.hpp"

namespace peercert::curricula {

namespace {

void read_meanings(Reading& reading) {
    const Node* node = reading.root.find("meanings");
    if (node == nullptr || !reading.is_mapping(*node, "\"meanings\""))
        return;
    for (const Pair& one : node->pairs)
        reading.define(NameKind::meaning, one.key);
    for (const Pair& one : node->pairs) {
        Surroundings around;
        Requirement made = read_clause_or_list(reading, one.value, {}, around, one.key);
        made.name = one.key;
        reading.edition.meanings.push_back(std::move(made));
    }
}

void each_meaning_used(const Requirement& clause, const std::function<void(const std::string&)>& tell) {
    if (const auto* use = std::get_if<UseMeaning>(&clause.body))
        tell(use->name);
    for (const Requirement& part : parts_of(clause))
        each_meaning_used(part, tell);
    for (const Requirement& one : clause.unless)
        each_meaning_used(one, tell);
}

/// A meaning that leads back to itself would never end. Looks at each meaning once.
class Circles {
public:
    explicit Circles(Reading& reading) : reading_(reading) {}

    void check() {
        for (const Requirement& meaning : reading_.edition.meanings)
            if (!states_.contains(meaning.name))
                follow(meaning);
    }

private:
    void follow(const Requirement& meaning) {
        states_[meaning.name] = false;
        each_meaning_used(meaning, [&](const std::string& next) {
            for (const Requirement& one : reading_.edition.meanings) {
                if (one.name != next)
                    continue;
                const auto known = states_.find(next);
                if (known == states_.end())
                    follow(one);
                else if (!known->second)
                    reading_.wrong(*reading_.root.find("meanings")->pair(next),
                                   "the meaning \"" + next + "\" leads back to itself");
            }
        });
        states_[meaning.name] = true;
    }

    Reading& reading_;
    std::map<std::string, bool> states_; ///< false while it is being followed, true when it is done
};

/// What staff have lived through is neither asked nor implied.
void refuse_statements_of_staff(Reading& reading) {
    if (reading.edition.about != Edition::About::organization_staff)
        return;
    each_clause(reading.edition, [&](const Requirement& clause) {
        const auto* rule = std::get_if<HasEntries>(&clause.body);
        if (rule != nullptr && rule->kind == EntryKind::attestation)
            reading.wrong(*reading.root.find("learners"),
                          "the staff of an organization are not asked for statements of "
                          "their own; leave out the clause \"" +
                              clause.name + "\"");
    });
}

std::string hex(const unsigned char* bytes, std::size_t size) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t at = 0; at < size; ++at) {
        text += digits[bytes[at] >> 4];
        text += digits[bytes[at] & 15];
    }
    return text;
}

} // namespace

std::string digest_of(std::string_view text) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return hex(digest, sizeof digest);
}

std::optional<Edition> read_document(const Node& root, const Kinds* kinds, std::vector<Problem>& problems) {
    Reading reading(root, kinds, problems);
    if (!root.is_mapping()) {
        reading.wrong(root, "a file takes words with values, like \"track: wi-cps\"");
        return std::nullopt;
    }
    read_head(reading);
    read_closed_day_calendars(reading);
    read_levels(reading);
    read_groups(reading);
    read_meanings(reading);
    read_steps(reading);
    read_after_expiry(reading);
    read_purposes_and_exceptions(reading);
    read_competencies(reading);
    reading.check_names();
    Circles(reading).check();
    refuse_statements_of_staff(reading);
    if (has_errors(problems))
        return std::nullopt;
    return std::move(reading.edition);
}

ReadEdition read_edition(const SourceText& source, const Kinds* kinds, const FindBase& find_base) {
    ReadEdition answer;
    Node root = read_yaml(source.name, source.text, answer.problems);
    if (has_errors(answer.problems) && !root.is_mapping())
        return answer;
    std::string full_text = source.text;
    SourceText base;
    const auto [code, edition] = base_of(root, answer.problems);
    if (!code.empty()) {
        const auto found = find_base ? find_base(code, edition) : std::nullopt;
        if (!found) {
            const Node& at = *root.find("based on");
            answer.problems.push_back({source.name, at.line, at.column,
                                       "no edition \"" + code + " " + edition + "\" is known to base this on"});
            return answer;
        }
        base = *found;
        const Node base_root = read_yaml(base.name, base.text, answer.problems);
        if (has_errors(answer.problems))
            return answer;
        root = resolve(root, base_root, answer.problems);
        full_text = write_yaml(root);
    }
    Calendars calendars(find_base);
    const auto find_calendar = [&](std::string_view name) { return calendars.find(name, answer.problems); };
    if (embed_calendars(root, find_calendar, answer.problems))
        full_text = write_yaml(root);
    answer.edition = read_document(root, kinds, answer.problems);
    if (answer.edition)
        sign(*answer.edition, source, std::move(full_text));
    return answer;
}

void sign(Edition& edition, const SourceText& source, std::string full_text) {
    edition.origin = source.origin;
    edition.file = source.name;
    edition.digest = digest_of(full_text);
    edition.full_text = std::move(full_text);
}

Edition from_full_text(const SourceText& source, const Kinds* kinds) {
    ReadEdition read = read_edition(source, kinds);
    if (!read.edition)
        throw Error(ErrorCode::invalid_input,
                    "a stored edition cannot be read by this version of peercert:\n" + to_text(read.problems));
    return std::move(*read.edition);
}

} // namespace peercert::curricula
