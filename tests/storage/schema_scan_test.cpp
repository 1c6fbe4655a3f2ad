#include "storage/suite.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "domain/application.hpp"
#include "domain/bundle.hpp"
#include "domain/cohort.hpp"
#include "domain/consent.hpp"
#include "domain/credential.hpp"
#include "domain/edition.hpp"
#include "domain/entry.hpp"
#include "domain/installation.hpp"
#include "domain/organization.hpp"
#include "domain/person.hpp"
#include "domain/place.hpp"
#include "domain/proposal.hpp"
#include "domain/resemblance.hpp"

/// Nothing that this program stores can hold a diagnosis, a story, a reason for being absent, or somebody who was
/// supported (practice.md 5, security.md 10). Whoever adds a column of text says here what it holds and why that is no
/// story; days, instants and digests are known by their names.
namespace peercert::storage {
namespace {

/// What a column of text may hold. Everything but `free` is checked where it is written: a word of a closed list, a
/// code or word of a rule (clean_code, clean_word, KnownWords), something the program itself made.
enum class Holds { word, code, own, name, contact, rule_text, free };

struct Column {
    const char* name; ///< table.column
    Holds holds;
    const char* why; ///< of `free` and `name`: why it has to be, and what keeps a story out
};

// clang-format off
constexpr Column allowed[] = {
    {"installation.kind", Holds::word, ""},
    {"installation.demo_clock", Holds::own, "an instant"},
    {"counter.name", Holds::word, ""},
    {"audit.actor", Holds::own, "account and code of who acted"},
    {"audit.action", Holds::word, ""},
    {"audit.object", Holds::own, "kinds and numbers of what was changed"},
    {"person.code", Holds::own, ""},
    {"person.name", Holds::name, "the name in use"},
    {"person.email", Holds::contact, ""},
    {"person.phone", Holds::contact, ""},
    {"person_name.kind", Holds::word, ""},
    {"person_name.full_name", Holds::name, "on certificates, in law, and names no longer used"},
    {"person_contact.kind", Holds::word, ""},
    {"person_contact.value", Holds::contact, "addresses and numbers no longer used"},
    {"organization.code", Holds::code, ""},
    {"organization.name", Holds::free, "of an organization, nobody's"},
    {"organization.kind", Holds::word, ""},
    {"organization.county", Holds::free, "where an organization is"},
    {"membership.role", Holds::code, ""},
    {"edition.kind", Holds::word, ""},
    {"edition.code", Holds::code, ""},
    {"edition.edition", Holds::code, ""},
    {"edition.body", Holds::rule_text, ""},
    {"cohort.code", Holds::code, ""},
    {"cohort.curriculum", Holds::code, ""},
    {"cohort.edition", Holds::code, ""},
    {"cohort.course", Holds::code, ""},
    {"cohort.format", Holds::code, ""},
    {"cohort.title", Holds::free, "how a group is announced; of a group, nobody's"},
    {"cohort.county", Holds::free, "where a group meets"},
    {"session.unit", Holds::code, ""},
    {"session_leader.role", Holds::code, ""},
    {"enrolment_event.state", Holds::word, "that somebody paused or moved on, never why"},
    {"entry.kind", Holds::word, ""},
    {"entry.result", Holds::word, ""},
    {"entry.code", Holds::code, "only words that a rule on file knows"},
    {"entry.tags", Holds::code, "only words that a rule on file knows"},
    {"entry.provider", Holds::code, "code of an organization"},
    {"entry.authority_role", Holds::own, "edition and level of who vouched"},
    {"entry.authority_first", Holds::own, "a day"},
    {"entry.authority_last", Holds::own, "a day"},
    {"entry.authority_credential", Holds::own, "number of a credential"},
    {"entry.edition", Holds::code, ""},
    {"entry.typed_by", Holds::own, "account of who typed"},
    {"entry.wording", Holds::code, "version of a statement, not the statement"},
    {"entry.late_reason", Holds::word, "why an entry comes late: six words, about paper and systems"},
    {"application.track", Holds::code, ""},
    {"application.edition", Holds::code, ""},
    {"application.step", Holds::own, ""},
    {"application.level", Holds::code, ""},
    {"application.choice", Holds::own, "length of a term"},
    {"credential.number", Holds::own, ""},
    {"credential.track", Holds::code, ""},
    {"decision.outcome", Holds::word, ""},
    {"decision.action", Holds::code, ""},
    {"decision.decided_by", Holds::own, "account or code of who decided"},
    {"decision.finding", Holds::own, "the finding as the rules made it; of a decision about a cohort its reason too, "
                                     "which is about how sessions were held"},
    {"decision.evidence", Holds::own, "numbers of entries"},
    {"decision.engine", Holds::own, ""},
    {"term.level", Holds::code, ""},
    {"term.title", Holds::rule_text, ""},
    {"term.public_title", Holds::rule_text, ""},
    {"term.name_as_issued", Holds::name, "as it stood on the certificate; never shown outside after a change"},
    {"term.edition", Holds::code, ""},
    {"term.zone", Holds::own, ""},
    {"term.timeline", Holds::own, ""},
    {"term.place", Holds::word, ""},
    {"term.shown_to", Holds::word, ""},
    {"term.eligibility", Holds::word, ""},
    {"credential_event.kind", Holds::word, "that it was suspended or revoked, never why"},
    {"credential_event.actor", Holds::own, ""},
    {"credential_event.condition", Holds::code, ""},
    {"credential_event.level", Holds::code, ""},
    {"verification.answer", Holds::own, "derived from the rows above"},
    {"replaced_state.unit", Holds::word, ""},
    {"organization_score.edition", Holds::code, ""},
    {"organization_score.item", Holds::code, ""},
    {"organization_score.score", Holds::code, ""},
    {"edition_proposal.kind", Holds::word, ""},
    {"edition_proposal.code", Holds::code, ""},
    {"edition_proposal.edition", Holds::code, ""},
    {"edition_proposal.body", Holds::rule_text, ""},
    {"edition_proposal.cases", Holds::rule_text, "cases of a rule: invented people"},
    {"edition_proposal.because", Holds::free, "why a rule begins on a day that has passed; about a rule, nobody"},
    {"edition_proposal.typed_by", Holds::own, ""},
    {"edition_event.step", Holds::word, ""},
    {"edition_event.reason", Holds::free, "why a rule was withdrawn; about a rule, nobody"},
    {"edition_event.typed_by", Holds::own, ""},
    {"person_merge.typed_by", Holds::own, ""},
    {"person_distinct.typed_by", Holds::own, ""},
    {"person_consent.purpose", Holds::word, ""},
    {"person_consent.about", Holds::code, "code of a track"},
    {"person_consent.wording", Holds::code, "version of a text, not the text"},
    {"person_consent.typed_by", Holds::own, ""},
    {"sign_off.state", Holds::word, "how far a signature is"},
    {"sign_off.rating", Holds::code, "a word of a framework's scale"},
    {"sign_off.framework", Holds::code, ""},
    {"sign_off_response.response", Holds::word, "a learner's answer: five words, on purpose no text"},
    {"self_rating.competency", Holds::code, ""},
    {"self_rating.framework", Holds::code, ""},
    {"self_rating.rating", Holds::code, "a word of a framework's scale"},
    {"ce_approval.course", Holds::code, ""},
    {"ce_approval.topics", Holds::code, "only words that a rule on file knows"},
    {"confirmation.role", Holds::code, "in which role hours are confirmed: edition and level"},
    {"confirmation.typed_by", Holds::own, ""},
    {"confirmation_event.step", Holds::word, ""},
    {"confirmation_event.typed_by", Holds::own, ""},
    {"packet.installation", Holds::own, "mark of the installation a packet came from"},
    {"packet.code", Holds::own, "code of the person there"},
    {"packet_number.number", Holds::own, "number of a credential there"},
    {"packet_signer.code", Holds::own, "code of who signed, there"},
    {"packet_signer.name", Holds::name, "of who signed a line that came from elsewhere, as a certificate would"},
    {"import_mapping.name", Holds::code, ""},
    {"import_mapping.kind", Holds::word, ""},
    {"import_mapping.columns", Holds::own, "columns of a file and what they are called here; about a file, nobody"},
    {"import_mapping.typed_by", Holds::own, ""},
    {"place_call.given_by", Holds::word, ""},
    {"place_call.criteria", Holds::code, "closed questions and their points"},
    {"place_call.seed", Holds::own, "of a lot"},
    {"place_event.step", Holds::word, "that a place was declined or ran out, never why"},
    {"place_event.until", Holds::own, "a day"},
    {"place_event.why", Holds::word, "why there was a place to offer; about the place"},
    {"place_score.criterion", Holds::code, "deleted when the order is made"},
    {"place_paper.kind", Holds::word, ""},
    {"place_paper.body", Holds::free, "the one exception: what somebody writes of themselves where a centre asks for "
                                      "it, apart from the record and its audit; read by reviewers only, deleted on "
                                      "the day stated, in no backup and no export"},
    {"bundle.id", Holds::own, ""},
    {"bundle_withdrawn.bundle", Holds::own, ""},
    {"bundle_line.bundle", Holds::own, ""},
    {"bundle_line.outcome", Holds::word, ""},
    {"bundle_settled.bundle", Holds::own, ""},
    {"schema_migration.name", Holds::own, ""},
};
// clang-format on

/// A day, an instant or a digest by its name: nothing else is ever written into such a column.
bool is_day_or_digest(const std::string& column) {
    static const std::set<std::string> whole{"day", "at", "born", "hash"};
    static const std::vector<std::string> ends{"_day",  "_on",     "_at",   "_from", "_until",
                                               "_hash", "_digest", "_salt", "_key"};
    return whole.contains(column) || column == "digest" || std::any_of(ends.begin(), ends.end(), [&](const auto& end) {
               return column.size() > end.size() && column.ends_with(end);
           });
}

/// What no column and no word may be about.
const std::vector<std::string> never{
    "diagnos", "illness",  "disorder",  "symptom", "medic",     "hospital",  "treat",    "therap",  "story",
    "stories", "essay",    "narrative", "note",    "comment",   "remark",    "absen",    "excuse",  "reason",
    "because", "relapse",  "sober",     "abstin",  "substance", "offen",     "convict",  "arrest",  "client",
    "patient", "consumer", "supported", "crisis",  "risk",      "stability", "ssn",      "immigra", "religio",
    "disab",   "ethnic",   "gender",    "income",  "trauma",    "biograph",  "lived_exp"};

/// With `reason` or such in the name, and yet about no person.
const std::set<std::string> excepted{"entry.late_reason", "edition_event.reason", "edition_proposal.because"};

class SchemaScan : public BothDatabases {
protected:
    /// "table.column" of every table, those of text only or all.
    std::vector<std::string> columns(bool only_text) {
        const bool sqlite = GetParam() == Backend::sqlite;
        const std::string all = database().place().ask(
            sqlite ? std::string("select group_concat(m.name || '.' || c.name, ' ') from sqlite_master m join "
                                 "pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'") +
                         (only_text ? " and c.type = 'TEXT'" : "")
                   : std::string("select string_agg(table_name || '.' || column_name, ' ') from "
                                 "information_schema.columns where table_schema = current_schema()") +
                         (only_text ? " and data_type in ('text', 'character varying', 'json', 'jsonb', 'xml')" : ""));
        std::istringstream words(all);
        return {std::istream_iterator<std::string>(words), {}};
    }
};
PEERCERT_BOTH_DATABASES(SchemaScan);

TEST_P(SchemaScan, EveryColumnOfTextIsKnownAndHoldsNobodysStory) {
    std::map<std::string, const Column*> known;
    for (const Column& column : allowed)
        EXPECT_TRUE(known.emplace(column.name, &column).second) << column.name << " is listed twice";
    const auto found = columns(true);
    EXPECT_GT(found.size(), 80u) << "the scan itself works";
    for (const std::string& column : found) {
        const std::string name = column.substr(column.find('.') + 1);
        EXPECT_TRUE(known.erase(column) == 1 || is_day_or_digest(name))
            << column << " is a new column of text: say in this list what it holds, and what keeps a diagnosis, a "
            << "story, a reason for being absent and people who were supported out of it";
    }
    for (const auto& [name, column] : known)
        ADD_FAILURE() << name << " is listed, and there is no such column of text";
}

TEST_P(SchemaScan, TextThatIsFreeSaysWhyItIsAboutNobody) {
    for (const Column& column : allowed)
        if (column.holds == Holds::free) {
            EXPECT_GT(std::string(column.why).size(), 10u) << column.name;
            const std::string table = std::string(column.name).substr(0, std::string(column.name).find('.'));
            EXPECT_TRUE(table != "person" && table.rfind("person_", 0) != 0 && table != "entry" &&
                        table != "enrolment" && table != "enrolment_event" && table != "application")
                << column.name << ": no free text about a person";
        }
}

TEST_P(SchemaScan, NoColumnIsNamedForWhatIsNobodysBusiness) {
    for (const std::string& column : columns(false))
        for (const std::string& word : never)
            EXPECT_TRUE(column.find(word) == std::string::npos || excepted.contains(column)) << column;
}

TEST_P(SchemaScan, AColumnThatIsNotListedWouldBeFound) {
    EXPECT_TRUE(database().place().accepts("alter table person add column recovery_story text"));
    const auto found = columns(true);
    EXPECT_TRUE(std::find(found.begin(), found.end(), "person.recovery_story") != found.end());
    EXPECT_FALSE(is_day_or_digest("recovery_story"));
}

/// Every word of an enum, as it is stored.
template <class Enum>
void words_of(std::vector<std::string>& words) {
    try {
        for (int value = 0;; ++value)
            words.emplace_back(domain::to_text(static_cast<Enum>(value)));
    } catch (const std::out_of_range&) {
    }
}

TEST(WordsThatAreStored, SayNothingOfWhatIsNobodysBusiness) {
    std::vector<std::string> words;
    words_of<domain::NameKind>(words);
    words_of<domain::ContactKind>(words);
    words_of<domain::OrganizationKind>(words);
    words_of<domain::EnrolmentState>(words);
    words_of<EntryKind>(words);
    words_of<EntryResult>(words);
    words_of<domain::LateReason>(words);
    words_of<domain::Outcome>(words);
    words_of<domain::CredentialEventKind>(words);
    words_of<domain::RegisterAccess>(words);
    words_of<domain::ConsentPurpose>(words);
    words_of<domain::ProposalStep>(words);
    words_of<domain::GivenBy>(words);
    words_of<domain::PlaceStep>(words);
    words_of<domain::PlaceFree>(words);
    words_of<domain::PlaceState>(words);
    words_of<domain::BundleOutcome>(words);
    EXPECT_GT(words.size(), 50u);
    for (const std::string& word : words)
        for (const std::string& one : never)
            EXPECT_EQ(word.find(one), std::string::npos) << word;
    // Somebody moved on or was not there: it is told that, never why.
    for (const char* word : {"sick", "ill", "family", "work", "no_show_reason", "dropped", "failed"})
        EXPECT_EQ(std::count(words.begin(), words.end(), word), 0) << word;
}

} // namespace
} // namespace peercert::storage
