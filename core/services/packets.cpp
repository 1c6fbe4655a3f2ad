#include "services/packets.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "domain/sha256.hpp"
#include "exchange/json_reader.hpp"
#include "exchange/packet_file.hpp"
#include "services/people.hpp"

namespace peercert::services {

namespace {

using domain::PacketRow;

/// What the schema of a row cannot say: texts that carry a digest, and findings.
void check_texts(const domain::Packet& packet) {
    for (const PacketRow& row : packet.rows("edition"))
        if (domain::sha256_hex(row.get("body")) != row.get("digest"))
            throw Error(ErrorCode::invalid_input, "the text of " + row.get("code") + " " + row.get("edition") +
                                                      " in the packet is not the one that was relied on");
    for (const PacketRow& row : packet.rows("decision"))
        if (const std::string finding = row.get("finding"); !finding.empty())
            (void)exchange::read_json(finding, {.depth = 64, .members = 1'000, .items = 100'000});
}

domain::NewPerson described(const domain::Packet& packet) {
    domain::NewPerson person;
    const PacketRow& row = packet.rows("person").front();
    const auto given = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    person.name_used = row.get("name");
    person.born = parse_date(row.get("born"));
    person.email = given(row.get("email"));
    person.phone = given(row.get("phone"));
    for (const PacketRow& name : packet.rows("person_name"))
        if (name.get("last_day").empty()) {
            if (name.get("kind") == "certificate")
                person.name_on_certificate = name.get("full_name");
            else if (name.get("kind") == "legal")
                person.legal_name = name.get("full_name");
        }
    return person;
}

/// Their codes, where the actor may know of them.
std::string known_codes(storage::UnitOfWork& work, const Actor& actor, const std::vector<PersonId>& people,
                        Date today) {
    std::string codes;
    for (const PersonId one : people)
        if (may_know(work, actor, one, today))
            codes += (codes.empty() ? "" : ", ") + work.people.of(one).code.str();
    return codes;
}

/// Whether the person is here in another way than by this very file: then it is a person who says what is right.
void refuse_who_is_here(storage::UnitOfWork& work, const Actor& actor, const domain::Packet& packet,
                        const PersonPackets::Taking& how, Date today) {
    const std::string code = packet.rows("person").front().get("code");
    const auto called = [&](PersonId person) {
        const std::string codes = known_codes(work, actor, {person}, today);
        return codes.empty() ? std::string("in the record of another organization") : "here as " + codes;
    };
    if (packet.installation == work.packets.installation_mark())
        throw Error(ErrorCode::conflict, "the packet was made by this very installation, where the person is " + code +
                                             "; there is nothing to bring in");
    if (const auto came = work.packets.came_as(packet.installation, code))
        throw Error(ErrorCode::conflict,
                    "this person came with an earlier packet and is " + called(*came) +
                        "; a later packet is not laid over it: what is new in it (peercert packet show) is recorded "
                        "here line by line, or brought in as files with peercert import");
    if (how.not_duplicate)
        return;
    if (const auto alike = work.people.alike(described(packet)); !alike.empty()) {
        const std::string codes = known_codes(work, actor, alike, today);
        throw Error(ErrorCode::conflict,
                    "somebody who may be the same person is here already" + (codes.empty() ? "" : ": " + codes) +
                        "; look first. If it is another person, say --not-duplicate; if it is the same, bring the "
                        "packet in with --not-duplicate and let peercert person merge make one of the two");
    }
}

} // namespace

domain::Packet packet_in(std::string_view bytes) {
    domain::Packet packet = exchange::read_packet(bytes, storage::WholeRecord::schema()).packet;
    storage::Packets::check(packet, domain::Instant::max()); // reading it takes no clock
    return packet;
}

PersonPackets::Made PersonPackets::make(const Actor& actor, std::string_view person, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Person whose = person_of(work, actor, person, house_.today());
        authorize(work, actor, Action::read_person, {whose.id, {}}, house_.today());
        Made made;
        made.person = whose.code.str();
        made.packet = work.packets.of(whose.id);
        // What somebody says of themselves goes where they take it, and with nobody else (practice.md N4).
        if (!actor.person || !work.merges.same(actor.person, whose.id))
            for (domain::PacketTable& table : made.packet.tables)
                if (table.name == "self_rating")
                    table.rows.clear();
        exchange::PacketFile file = exchange::write_packet(made.packet);
        made.bytes = std::move(file.bytes);
        made.sha256 = std::move(file.sha256);
        work.audit.append(
            {.action = "packet.made", .object = "person " + std::to_string(whose.id.value()), .after = made.sha256});
        return made;
    });
}

PersonPackets::Taken PersonPackets::take(const Actor& actor, std::string_view bytes, const Taking& how, Mode mode) {
    const exchange::ReadPacket read = exchange::read_packet(bytes, storage::WholeRecord::schema());
    const domain::Packet& packet = read.packet;
    if (packet.rows("person").size() != 1)
        throw Error(ErrorCode::invalid_input, "a packet is about one person, and this one is not");
    storage::Packets::check(packet, house_.clock.now());
    check_texts(packet);
    Taken taken;
    taken.name = packet.rows("person").front().get("name");
    taken.lines = packet.rows("entry").size();
    taken.decisions = packet.rows("decision").size();
    const auto already = house_.store.read([&](storage::UnitOfWork& work) -> std::optional<std::string> {
        authorize(work, actor, Action::manage_people, {}, house_.today());
        if (packet.kind != work.installation.get().kind)
            throw Error(ErrorCode::conflict, packet.kind == domain::InstallationKind::demo
                                                 ? "the packet comes from a demo, whose people are invented; this "
                                                   "database holds the record of real people"
                                                 : "the packet is about a real person, and this is a demo, whose "
                                                   "people are invented");
        const auto person = work.packets.came_with(read.sha256);
        return person ? std::optional(work.people.of(*person).code.str()) : std::nullopt;
    });
    if (already) {
        taken.person = *already;
        taken.already_here = true;
        return taken;
    }
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        authorize(work, actor, Action::manage_people, {}, today);
        if (!packet.rows("credential").empty() || !packet.rows("decision").empty())
            authorize(work, actor, Action::decide, {}, today);
        refuse_who_is_here(work, actor, packet, how, today);
        storage::Packets::Received received = work.packets.receive(packet, {read.sha256, today, how.organizations});
        Taken all = taken;
        all.person = work.people.of(received.person).code.str();
        for (const auto& one : received.numbers)
            all.numbers.push_back({one.there, one.here});
        for (const auto& one : received.cohorts)
            all.cohorts.push_back({one.there, one.here});
        all.organizations = std::move(received.organizations);
        all.roles_ended = received.roles_ended;
        return all;
    });
}

} // namespace peercert::services
