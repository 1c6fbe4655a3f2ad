#include <algorithm>
#include <charconv>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "domain/codes.hpp"

namespace peercert::cli {
namespace {

/// What a kept seal says: that this row was there and ended so.
struct Seal {
    std::int64_t seq{0};
    std::string hash;
};

Seal seal_of(const std::string& typed) {
    const std::size_t colon = typed.find(':');
    Seal seal;
    const char* end = typed.data() + std::min(colon, typed.size());
    const auto [stopped, error] = std::from_chars(typed.data(), end, seal.seq);
    if (colon == std::string::npos || error != std::errc{} || stopped != end || seal.seq < 1 ||
        colon + 1 == typed.size())
        throw UsageError("a seal is written ROW:HASH, as audit seal prints it");
    seal.hash = typed.substr(colon + 1);
    return seal;
}

/// The chain alone cannot tell that its newest rows were cut off; a seal kept elsewhere can.
void check_seal(storage::UnitOfWork& work, const Seal& seal, storage::AuditVerdict& verdict) {
    const auto rows = work.audit.list(seal.seq - 1, 1);
    if (!verdict.intact() || (!rows.empty() && rows.front().seq == seal.seq && rows.front().hash == seal.hash))
        return;
    verdict.broken_at = seal.seq;
    verdict.problem = "the seal kept of this row does not fit: rows were cut off or written anew since it was taken";
}

Exit seal(Invocation& asked) {
    const auto newest = asked.wiring.store().read([](storage::UnitOfWork& work) { return work.audit.newest(); });
    if (!newest)
        throw Error(ErrorCode::not_found, "there is no audit row yet to seal");
    const std::string text = std::to_string(newest->seq) + ":" + newest->hash;
    if (asked.json())
        asked.out.json(words::Json::object().set("seal", text).set("at", domain::to_text(newest->at)));
    else
        asked.out.line(text);
    return Exit::yes;
}

Exit verify(Invocation& asked) {
    storage::Store& store = asked.wiring.store();
    const std::optional<Seal> kept = asked.given("seal") ? std::optional(seal_of(asked.text("seal"))) : std::nullopt;
    const storage::AuditVerdict verdict = store.read([&](storage::UnitOfWork& work) {
        const auto newest = work.audit.newest();
        Progress progress(asked.out, "audit rows", newest ? static_cast<std::uint64_t>(newest->seq) : 0);
        storage::AuditVerdict walked =
            work.audit.verify([&](std::int64_t rows) { progress.at(static_cast<std::uint64_t>(rows)); });
        if (kept)
            check_seal(work, *kept, walked);
        return walked;
    });
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("intact", verdict.intact())
                           .set("rows", verdict.rows)
                           .set("broken_at", verdict.broken_at == 0 ? words::Json() : words::Json(verdict.broken_at))
                           .set("problem", verdict.intact() ? words::Json() : words::Json(verdict.problem)));
    } else if (verdict.intact()) {
        asked.out.line(
            {{"intact", Look::good},
             {", rows: " + grouped(static_cast<std::uint64_t>(verdict.rows)) + "; every one fits the one before"}});
    } else {
        asked.out.line({{"broken", Look::bad},
                        {(verdict.broken_at == 0 ? ": " : " at row " + std::to_string(verdict.broken_at) + ": ") +
                         verdict.problem}});
    }
    return verdict.intact() ? Exit::yes : Exit::no;
}

/// "entry 40 person 12" with the codes that people know: "entry 40 person P-...".
std::string with_codes(std::string_view object, const domain::CodeBook& book) {
    std::string out;
    std::string_view before;
    while (!object.empty()) {
        const std::size_t end = std::min(object.find(' '), object.size());
        const std::string_view word = object.substr(0, end);
        std::int64_t id = 0;
        const auto [stopped, error] = std::from_chars(word.data(), word.data() + word.size(), id);
        const bool is_id = error == std::errc{} && stopped == word.data() + word.size() && id > 0;
        out += out.empty() ? "" : " ";
        if (is_id && before == "person")
            out += book.person(id).str();
        else if (is_id && before == "credential")
            out += book.credential(id).str();
        else
            out += word;
        before = word;
        object.remove_prefix(end == object.size() ? end : end + 1);
    }
    return out;
}

Exit list(Invocation& asked) {
    const std::int64_t limit = asked.number_or("limit", 50);
    if (limit < 1 || limit > 10'000)
        throw UsageError("--limit must be 1 to 10000");
    asked.wiring.operator_name(); // what everybody did is nobody's record
    const auto rows = asked.wiring.store().read([&](storage::UnitOfWork& work) {
        std::int64_t after = asked.number_or("after", -1);
        if (after < 0) { // the newest rows
            const auto newest = work.audit.newest();
            after = newest && newest->seq > limit ? newest->seq - limit : 0;
        }
        return work.audit.list(after, static_cast<std::size_t>(limit));
    });
    const domain::CodeBook book(asked.wiring.store().installation().number_key);
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const domain::AuditRow& row : rows)
            items.push(words::Json::object()
                           .set("seq", row.seq)
                           .set("at", domain::to_text(row.at))
                           .set("actor", row.actor)
                           .set("action", row.action)
                           .set("object", row.object)
                           .set("about", with_codes(row.object, book))
                           .set("hash", row.hash));
        asked.out.json(words::Json::object().set("rows", std::move(items)));
        return Exit::yes;
    }
    Table table({{"SEQ", Table::Align::right}, {"AT"}, {"ACTOR"}, {"ACTION"}, {"OBJECT"}});
    for (const domain::AuditRow& row : rows)
        table.add({{std::to_string(row.seq)},
                   {domain::to_text(row.at)},
                   {row.actor},
                   {row.action},
                   {with_codes(row.object, book)}});
    asked.out.table(table);
    return Exit::yes;
}

} // namespace

std::vector<Command> audit_commands() {
    return {
        {
            .path = "audit verify",
            .summary = "Check that nothing in the audit trail was changed",
            .text =
                "Every change of the record writes a row into the audit trail, and every row seals the one before it. "
                "This walks the whole chain and names the first row that does not fit: table, id, and the column where "
                "it "
                "can be found out. Then it looks at the rest as `doctor --thorough` does: every page, tables, indexes, "
                "triggers and the list of migrations, whether counters of codes stand behind or past what was handed "
                "out, and whether verification and the search for duplicates say what is recorded. When a migration "
                "was applied is the one thing nothing vouches for.",
            .options = {{.name = "seal",
                         .value = "ROW:HASH",
                         .help = "A seal kept from before: notices rows that were cut off since"}},
            .json = "{\"intact\": true or false, \"rows\": number, \"broken_at\": number or null, \"problem\": text or "
                    "null}",
            .exits = {Exit::no},
            .run = verify,
        },
        {
            .path = "audit seal",
            .summary = "Print the seal of the newest audit row, to be kept elsewhere",
            .text = "Write it down, mail it, print it on the yearly report: with a seal kept outside this database, "
                    "`audit verify --seal` notices "
                    "when rows were cut off the end or written anew.",
            .json = "{\"seal\": \"ROW:HASH\", \"at\": instant}",
            .exits = {Exit::not_found},
            .run = seal,
        },
        {
            .path = "audit list",
            .summary = "Show who changed what, and when",
            .text =
                "The newest rows, oldest of them first. People and credentials are shown by their codes, everything "
                "else by id: the trail holds no personal text.",
            .options = {{.name = "limit",
                         .value = "NUMBER",
                         .help = "How many rows at most",
                         .type = ValueType::number,
                         .otherwise = "50"},
                        {.name = "after",
                         .value = "SEQ",
                         .help = "Only rows after this one, from the oldest on",
                         .type = ValueType::number}},
            .examples = {{"audit list --limit 10", "The last ten changes"}},
            .json = "{\"rows\": [{\"seq\": number, \"at\": instant, \"actor\": text, \"action\": text, \"object\": "
                    "text, \"about\": the same with codes, \"hash\": hex}]}",
            .run = list,
        },
    };
}

} // namespace peercert::cli
