#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"

namespace peercert::cli {
namespace {

Exit verify(Invocation& asked) {
    storage::Store& store = asked.wiring.store();
    const storage::AuditVerdict verdict = store.read([&](storage::UnitOfWork& work) {
        const auto newest = work.audit.newest();
        Progress progress(asked.out, "audit rows", newest ? static_cast<std::uint64_t>(newest->seq) : 0);
        return work.audit.verify([&](std::int64_t rows) { progress.at(static_cast<std::uint64_t>(rows)); });
    });
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("intact", verdict.intact())
                           .set("rows", verdict.rows)
                           .set("broken_at", verdict.intact() ? words::Json() : words::Json(verdict.broken_at))
                           .set("problem", verdict.intact() ? words::Json() : words::Json(verdict.problem)));
    } else if (verdict.intact()) {
        asked.out.line(
            {{"intact", Look::good},
             {", rows: " + grouped(static_cast<std::uint64_t>(verdict.rows)) + "; every one fits the one before"}});
    } else {
        asked.out.line(
            {{"broken", Look::bad}, {" at row " + std::to_string(verdict.broken_at) + ": " + verdict.problem}});
    }
    return verdict.intact() ? Exit::yes : Exit::no;
}

Exit list(Invocation& asked) {
    const std::int64_t limit = asked.number_or("limit", 50);
    if (limit < 1 || limit > 10'000)
        throw UsageError("--limit must be 1 to 10000");
    const auto rows = asked.wiring.store().read([&](storage::UnitOfWork& work) {
        std::int64_t after = asked.number_or("after", -1);
        if (after < 0) { // the newest rows
            const auto newest = work.audit.newest();
            after = newest && newest->seq > limit ? newest->seq - limit : 0;
        }
        return work.audit.list(after, static_cast<std::size_t>(limit));
    });
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const domain::AuditRow& row : rows)
            items.push(words::Json::object()
                           .set("seq", row.seq)
                           .set("at", domain::to_text(row.at))
                           .set("actor", row.actor)
                           .set("action", row.action)
                           .set("object", row.object)
                           .set("hash", row.hash));
        asked.out.json(words::Json::object().set("rows", std::move(items)));
        return Exit::yes;
    }
    Table table({{"SEQ", Table::Align::right}, {"AT"}, {"ACTOR"}, {"ACTION"}, {"OBJECT"}});
    for (const domain::AuditRow& row : rows)
        table.add({{std::to_string(row.seq)}, {domain::to_text(row.at)}, {row.actor}, {row.action}, {row.object}});
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
                "This walks the whole chain and names the first row that does not fit.",
            .json = "{\"intact\": true or false, \"rows\": number, \"broken_at\": number or null, \"problem\": text or "
                    "null}",
            .exits = {Exit::no},
            .run = verify,
        },
        {
            .path = "audit list",
            .summary = "Show who changed what, and when",
            .text = "The newest rows, oldest of them first. Objects are shown by id only: the trail holds no personal "
                    "text.",
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
                    "text, \"hash\": hex}]}",
            .run = list,
        },
    };
}

} // namespace peercert::cli
