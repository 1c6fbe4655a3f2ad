#include <fstream>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/packets.hpp"
#include "storage/files.hpp"
#include "words/answers.hpp"

/// What one person takes along: made, read, and brought in elsewhere.
namespace peercert::cli {
namespace {

Exit make(Invocation& asked) {
    const std::string file = asked.text("out");
    services::PersonPackets packets(asked.wiring.house());
    services::PersonPackets::Made made;
    if (asked.dry_run()) {
        made = packets.make(asked.wiring.actor(), asked.text("PERSON"), services::Mode::rehearse);
    } else {
        storage::NewFile target(file); // before anything is recorded: the file may be there already
        made = packets.make(asked.wiring.actor(), asked.text("PERSON"));
        std::ofstream stream(target.path(), std::ios::binary);
        stream << made.bytes;
        stream.close();
        if (!stream)
            throw Error(ErrorCode::unavailable, file + " cannot be written to its end; is the disk full?");
        target.publish();
    }
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("person", made.person)
                           .set("file", file)
                           .set("bytes", made.bytes.size())
                           .set("lines", made.packet.rows("entry").size())
                           .set("sha256", made.sha256)
                           .set("written", !asked.dry_run()));
        return Exit::yes;
    }
    asked.out.line("everything held about " + made.person + " is in " + file + ": " +
                   grouped(made.packet.rows("entry").size()) + " lines, " +
                   grouped(made.packet.rows("credential").size()) + " credentials");
    asked.out.note("it is theirs: hand it to nobody else. peercert packet show reads it out, peercert packet import "
                   "brings it into another installation");
    return Exit::yes;
}

Exit show(Invocation& asked) {
    const domain::Packet packet = services::packet_in(asked.contents("FILE"));
    if (asked.json()) {
        words::Json rows = words::Json::object();
        for (const domain::PacketTable& table : packet.tables)
            rows.set(table.name, table.rows.size());
        asked.out.json(words::Json::object()
                           .set("schema", packet.schema)
                           .set("installation", domain::to_text(packet.kind))
                           .set("mark", packet.installation)
                           .set("rows", std::move(rows)));
        return Exit::yes;
    }
    print_sheet(asked, words::told(packet, speaker(asked)));
    return Exit::yes;
}

words::Json renamed_json(const std::vector<services::PersonPackets::Renamed>& all) {
    words::Json list = words::Json::array();
    for (const auto& one : all)
        list.push(words::Json::object().set("there", one.there).set("here", one.here));
    return list;
}

Exit bring(Invocation& asked) {
    services::PersonPackets::Taking how;
    how.not_duplicate = asked.flag("not-duplicate");
    for (const std::string& pair : asked.texts("organization")) {
        const auto sign = pair.find('=');
        if (sign == std::string::npos || sign == 0 || sign + 1 == pair.size())
            throw UsageError("--organization names two codes with = between them: the one in the packet and the one "
                             "here",
                             "such as --organization centre=mke-centre");
        how.organizations[pair.substr(0, sign)] = pair.substr(sign + 1);
    }
    const std::string bytes = asked.contents("FILE");
    services::PersonPackets packets(asked.wiring.house());
    const auto taken = packets.take(asked.wiring.actor(), bytes, how, mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("stored", !asked.dry_run() && !taken.already_here)
                           .set("already_here", taken.already_here)
                           .set("person", taken.person)
                           .set("lines", taken.lines)
                           .set("decisions", taken.decisions)
                           .set("numbers", renamed_json(taken.numbers))
                           .set("cohorts", renamed_json(taken.cohorts))
                           .set("organizations", words::Json::array_of(taken.organizations))
                           .set("roles_ended", taken.roles_ended));
        return Exit::yes;
    }
    if (taken.already_here) {
        asked.out.line("this very packet was brought in already: " + taken.name + " is " + taken.person +
                       "; nothing was changed");
        return Exit::yes;
    }
    asked.out.line({{taken.person, Look::strong},
                    {"  " + taken.name + ", with " + grouped(taken.lines) + " lines and " + grouped(taken.decisions) +
                     " decisions"}});
    for (const auto& one : taken.numbers)
        asked.out.line("  number " + one.there + " is " + one.here +
                       " here; the old one answers where it was handed out, and is kept beside it");
    for (const auto& one : taken.cohorts)
        asked.out.line("  cohort " + one.there + " is called " + one.here + " here: another one has its code");
    for (const std::string& one : taken.organizations)
        asked.out.line("  organization " + one + " was added");
    if (taken.roles_ended > 0)
        asked.out.note(std::to_string(taken.roles_ended) +
                       (taken.roles_ended == 1 ? " open role ends" : " open roles end") +
                       ": nobody gets a right by a file; peercert organization grant gives it here");
    return Exit::yes;
}

const Argument packet_file{.name = "FILE", .help = "The packet, or - for standard input", .type = ValueType::file};

} // namespace

std::vector<Command> person_packet_commands() {
    return {{
        .path = "person packet",
        .summary = "Write everything held about a person into a file that is theirs",
        .text = "Names, contacts, roles, places in cohorts, the whole ledger with who signed what and by which "
                "authority, what was asked and decided and why, credentials with their terms, and the rules that were "
                "relied on: readable as it is (JSON), read out by peercert packet show, and brought into another "
                "installation by peercert packet import, which then gives the same answers.\n\n"
                "Of other people it holds only the code and present name of who signed a line. The same record gives "
                "the same bytes. The file is readable by you only, and that it was made is recorded.",
        .effect = Effect::writes,
        .arguments = {{.name = "PERSON", .help = "Code, P-..., or whole name"}},
        .options = {{.name = "out",
                     .value = "FILE",
                     .help = "Where to; must not exist yet",
                     .type = ValueType::file,
                     .required = true}},
        .examples = {{"person packet \"Ana Ruiz\" --out ana.packet.json", "Everything Ana takes along"}},
        .json = "{\"person\": text, \"file\": path, \"bytes\": number, \"lines\": number, \"sha256\": text, "
                "\"written\": true, or false with --dry-run}",
        .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
        .run = make,
    }};
}

std::vector<Command> packet_commands() {
    return {
        {
            .path = "packet show",
            .summary = "Read a person's packet out, in plain words",
            .text = "In English or Spanish. Needs no database: whoever has a packet can read it.",
            .effect = Effect::elsewhere,
            .arguments = {packet_file},
            .examples = {{"packet show ana.packet.json --lang es", "Read it in Spanish"}},
            .json = "{\"schema\": number, \"installation\": \"live\" or \"demo\", \"mark\": text, \"rows\": {table: "
                    "number}}",
            .exits = {Exit::invalid_input, Exit::not_found},
            .run = show,
        },
        {
            .path = "packet import",
            .summary = "Bring a person's packet into this installation",
            .text =
                "All of it or nothing; --dry-run tells what would happen. Decisions can be judged again here "
                "(peercert replay), and assess gives the same answers as where it was made. Lines, terms and "
                "decisions keep the day on which they were recorded there and are marked \"elsewhere\"; the audit "
                "trail says when they came.\n\n"
                "The person and their credentials get new codes and numbers, since those of another installation are "
                "its own; the old numbers are kept beside the new ones. Open roles end: nobody gets a right by a "
                "file. A cohort that others of it brought along is found again; one whose code is taken gets another. "
                "Somebody who may be here already is named and not added twice. The same file again changes "
                "nothing.\n\n"
                "The seal of a packet shows that it was not damaged or changed, not who made it: take a packet from "
                "where it was made.",
            .effect = Effect::writes,
            .arguments = {packet_file},
            .options = {{.name = "organization",
                         .value = "THERE=HERE",
                         .help = "What an organization of the packet is called here",
                         .repeated = true},
                        {.name = "not-duplicate", .help = "It is another person than the one named"}},
            .examples = {{"packet import ana.packet.json --dry-run", "See what would come"},
                         {"packet import ana.packet.json --organization centre=mke-centre",
                          "Their \"centre\" is our \"mke-centre\""}},
            .json = "{\"stored\": true or false, \"already_here\": true or false, \"person\": text, \"lines\": number, "
                    "\"decisions\": number, \"numbers\": [{\"there\": text, \"here\": text}], \"cohorts\": [...], "
                    "\"organizations\": [text], \"roles_ended\": number}",
            .exits = {Exit::invalid_input, Exit::conflict, Exit::forbidden},
            .run = bring,
        }};
}

} // namespace peercert::cli
