#include "storage/detail/packet_layout.hpp"

#include <algorithm>
#include <map>

#include "storage/detail/scratch_schema.hpp"

namespace peercert::storage {

namespace {

constexpr FixedSql cohorts =
    "(select cohort from enrolment where person = $1 union select cohort from entry where person = $1 and cohort is "
    "not null union select session.cohort from entry join session on session.id = entry.session where entry.person = "
    "$1 union select session.cohort from session_leader join session on session.id = session_leader.session where "
    "session_leader.person = $1)";
constexpr FixedSql credentials = "(select id from credential where person = $1)";
constexpr FixedSql decisions =
    "(application in (select id from application where person = $1) or credential in (select "
    "id from credential where person = $1))";

constexpr PacketReference references[] = {{"membership", "organization", "organization"},
                                          {"cohort", "organization", "organization"},
                                          {"session", "cohort", "cohort"},
                                          {"session_leader", "session", "session"},
                                          {"enrolment", "cohort", "cohort"},
                                          {"enrolment_event", "enrolment", "enrolment"},
                                          {"entry", "session", "session"},
                                          {"entry", "cohort", "cohort"},
                                          {"entry", "replaces", "entry"},
                                          {"sign_off", "entry", "entry"},
                                          {"sign_off", "act", "entry"},
                                          {"sign_off", "root", "entry"},
                                          {"sign_off_response", "root", "entry"},
                                          {"credential", "issuer", "organization"},
                                          {"application", "credential", "credential"},
                                          {"decision", "application", "application"},
                                          {"decision", "credential", "credential"},
                                          {"term", "credential", "credential"},
                                          {"term", "decision", "decision"},
                                          {"credential_event", "credential", "credential"},
                                          {"credential_event", "decision", "decision"},
                                          {"packet_number", "credential", "credential"}};

} // namespace

const std::vector<PacketPart>& packet_parts() {
    static const std::vector<PacketPart> parts{
        {"organization",
         joined_sql("where id in (select organization from membership where person = $1) or id in (select "
                    "organization from cohort where id in ",
                    cohorts,
                    ") or id in (select issuer from credential where person = $1) or code in (select provider from "
                    "entry where person = $1)"),
         "id", false, true},
        {"edition",
         joined_sql("where code || ' ' || edition in (select track || ' ' || edition from application where person = "
                    "$1 union select edition from entry where person = $1 union select credential.track || ' ' || "
                    "term.edition from credential join term on term.credential = credential.id where "
                    "credential.person = $1 union select curriculum || ' ' || edition from cohort where id in ",
                    cohorts, ") or digest in (select edition_digest from decision where ") +
             joined_sql(decisions, " union select edition_digest from term where credential in ") +
             joined_sql(credentials, ")"),
         "kind, code, edition"},
        {"person", "where id = $1", "id"},
        {"person_name", "where person = $1", "kind, n", false, false, "kind"},
        {"person_contact", "where person = $1", "kind, n", false, false, "kind"},
        {"former_birthday", "where person = $1", "n", true, false, "person"},
        {"former_departure", "where person = $1", "n", true, false, "person"},
        {"person_consent", "where person = $1", "n", true, false, "person"},
        {"membership", "where person = $1", "organization, role, first_day"},
        {"packet", "where person = $1", "n", false, false, "person"},
        {"cohort", joined_sql("where id in ", cohorts), "id", false, true},
        {"session", joined_sql("where cohort in ", cohorts), "id", false, true},
        {"session_leader", "where person = $1", "session"},
        {"enrolment", "where person = $1", "id", false, true},
        {"enrolment_event", "where enrolment in (select id from enrolment where person = $1)", "enrolment, n", true},
        {"entry", "where person = $1", "id", true},
        {"sign_off", "where entry in (select id from entry where person = $1)", "entry", true},
        {"sign_off_response", "where root in (select id from entry where person = $1)", "root, n", true},
        {"self_rating", "where person = $1", "n", true, false, "person"},
        {"credential", "where person = $1", "id", true},
        {"application", "where person = $1", "id", true, true},
        {"decision", joined_sql("where ", decisions), "id", true, true},
        {"term", joined_sql("where credential in ", credentials), "credential, n", true},
        {"credential_event", joined_sql("where credential in ", credentials), "credential, n", true},
        {"packet_number", joined_sql("where credential in ", credentials), "credential, n"}};
    return parts;
}

const std::vector<NoPacket>& not_in_packets() {
    static const std::vector<NoPacket> tables{
        {"installation", "about the installation"},
        {"counter", "about the installation"},
        {"audit", "about the installation: who did what there"},
        {"replaced_state", "digests of what was changed"},
        {"organization_score", "about an organization"},
        {"edition_proposal", "an act for a certifying body, which keeps it"},
        {"edition_event", "an act for a certifying body, which keeps it"},
        {"import_mapping", "about the installation: what columns of files are called"},
        {"ce_approval", "about a provider and a certifying body"},
        {"person_merge", "folded: a packet is about one human, under however many records"},
        {"person_group", "worked out of the rest"},
        {"person_distinct", "about two people"},
        {"declared_conflict", "about two people"},
        {"confirmation", "about two people; what was confirmed stands in the line"},
        {"confirmation_event", "about two people; what was confirmed stands in the line"},
        {"person_match", "worked out of the rest"},
        {"verification", "worked out of the rest"},
        {"place_call", "about a cohort"},
        {"place_request", "of the cohort that gave the place; the place itself travels as the enrolment"},
        {"place_event", "of the cohort that gave the place; the place itself travels as the enrolment"},
        {"place_score", "deleted when the order is made from it"},
        {"place_paper", "no part of the record; deleted on its day"},
        {"seat_pool", "about a cohort and who pays"},
        {"seat_use", "who paid there is nobody else's business"},
        {"bundle", "about a cohort"},
        {"bundle_withdrawn", "about a cohort"},
        {"bundle_line", "what came of it stands in the ledger"},
        {"bundle_settled", "what came of it stands in the ledger"},
        {"packet_signer", "stands in the line that was signed"}};
    return tables;
}

std::optional<std::string_view> packet_reference(std::string_view table, std::string_view column) {
    for (const PacketReference& one : references)
        if (one.table == table && one.column == column)
            return one.to;
    return std::nullopt;
}

const std::vector<PacketColumn>& packet_columns(std::string_view table) {
    using Layout = std::map<std::string, std::vector<PacketColumn>, std::less<>>;
    static const Layout layout = [] {
        Layout columns;
        with_scratch_schema([&](sqlite3* scratch) {
            rows_of(scratch,
                    "select m.name, c.name, c.type, c.\"notnull\", c.pk, c.dflt_value is not null, c.dflt_value from "
                    "sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.cid",
                    [&](sqlite3_stmt* row) {
                        PacketColumn column{text_of(row, 1), text_of(row, 2) == "INTEGER",
                                            text_of(row, 3) == "0" && text_of(row, 4) == "0", std::nullopt};
                        if (text_of(row, 5) == "1") {
                            std::string otherwise = text_of(row, 6);
                            otherwise.erase(std::remove(otherwise.begin(), otherwise.end(), '\''), otherwise.end());
                            column.otherwise = otherwise;
                        }
                        columns[text_of(row, 0)].push_back(std::move(column));
                    });
        });
        return columns;
    }();
    return layout.at(std::string(table));
}

bool stays_home(std::string_view table, std::string_view column) {
    for (const std::string_view name : {"audit", "mark", "salt", "name_key", "search_key", "asserted_by"})
        if (column == name)
            return true;
    if (column == "n")
        for (const PacketPart& part : packet_parts())
            if (part.table.text() == table && !part.numbered_by.text().empty())
                return true;
    return column == "person" || (table == "person" && column == "id");
}

} // namespace peercert::storage
