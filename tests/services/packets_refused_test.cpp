#include "packet_fixture.hpp"

/// Packets that are none, were changed, say what cannot be, or are about somebody who is here already.
namespace peercert::services {
namespace {

class PacketRefused : public Packet {};
PEERCERT_IN_BOTH(PacketRefused);

TEST_P(PacketRefused, OfSomebodyWhoIsHereIsRefusedWithTheWayOn) {
    const std::string bytes = packet_of(ana);
    Error error = refusal([&] { (void)PersonPackets(house()).take(host, bytes, {}); });
    EXPECT_EQ(error.code(), ErrorCode::conflict);
    EXPECT_THAT(error.what(), HasSubstr("made by this very installation, where the person is " + ana));

    const std::string same =
        People(there->house()).add(host, {.name_used = "ANA RUIZ", .born = day("1980-03-16")}, false).code.str();
    error = refused(bytes);
    EXPECT_EQ(error.code(), ErrorCode::conflict);
    EXPECT_THAT(error.what(), HasSubstr("somebody who may be the same person is here already: " + same));
    PersonPackets::Taking how;
    how.not_duplicate = true;
    const PersonPackets::Taken taken = take(bytes, Mode::commit, how);
    EXPECT_NE(taken.person, same);

    record(ana, EntryKind::document, "GED", "2025-03-02");
    error = refused(packet_of(ana));
    EXPECT_THAT(error.what(), HasSubstr("came with an earlier packet and is here as " + taken.person));
}

TEST_P(PacketRefused, OfADemoStaysInADemo) {
    Elsewhere demo(GetParam(), clock, domain::InstallationKind::demo);
    const std::string code = People(demo.house()).add(host, {.name_used = "Ivy Invented"}, false).code.str();
    const std::string bytes = PersonPackets(demo.house()).make(host, code).bytes;
    EXPECT_THAT(refused(bytes).what(), HasSubstr("comes from a demo"));
    EXPECT_THAT(refusal([&] { (void)PersonPackets(demo.house()).take(host, packet_of(ana), {}); }).what(),
                HasSubstr("this is a demo"));
}

TEST_P(PacketRefused, ThatWasChangedDamagedOrIsNoneIsRefused) {
    const std::string bytes = packet_of(ana);
    std::string changed = bytes;
    changed.replace(changed.find("\"amount\": 90"), 12, "\"amount\": 91");
    EXPECT_THAT(refused(changed).what(), HasSubstr("was changed or damaged since it was made"));
    EXPECT_THAT(refused(bytes + "\n").what(), HasSubstr("was changed or damaged"));
    EXPECT_THAT(refused(bytes.substr(0, bytes.size() / 2)).what(), HasSubstr("no packet, or one that was damaged"));
    EXPECT_THAT(refused("{}").what(), HasSubstr("this is no packet of peercert"));
    EXPECT_THAT(refused("").what(), HasSubstr("this is no packet, or one that was damaged"));
    EXPECT_THAT(refused(sealed_again(bytes, "\"version\": 1", "\"version\": 2")).what(),
                HasSubstr("made by a newer peercert"));
    EXPECT_THAT(refused(sealed_again(bytes, "\"schema\": ", "\"schema\": 9")).what(),
                HasSubstr("made by a newer peercert than this one"));
}

TEST_P(PacketRefused, ThatSaysWhatCannotBeIsRefusedWithThePlace) {
    const std::string bytes = packet_of(ana);
    const auto says = [&](const std::string& what, const std::string& by) {
        const Error error = refused(sealed_again(bytes, what, by));
        EXPECT_EQ(error.code(), ErrorCode::invalid_input) << by;
        return std::string(error.what());
    };
    EXPECT_THAT(says("\"first_day\": \"2025-03-05\"", "\"first_day\": \"2025-02-30\""),
                HasSubstr("first_day is no day"));
    EXPECT_THAT(says("\"amount\": 90", "\"amount\": -90"), HasSubstr("amount is less than nothing"));
    EXPECT_THAT(says("\"amount\": 90", "\"amount\": \"90\""), HasSubstr("amount is no whole number"));
    EXPECT_THAT(says("\"kind\": \"practice\"", "\"kind\": \"diagnosis\""), HasSubstr("kind is no word that there is"));
    EXPECT_THAT(says("\"entry\": [", "\"diagnosis\": ["), HasSubstr("nothing that a packet holds"));
    EXPECT_THAT(says("\"born\": ", "\"story\": \"x\", \"born\": "), HasSubstr("story is nothing that a packet holds"));
    EXPECT_THAT(says("\"name\": \"Ana Ruiz\"", "\"name\": \"Ana\\u202eRuiz\""), HasSubstr("signs that are not stored"));
    EXPECT_THAT(says("\"session\": 1,", "\"session\": 99,"), HasSubstr("names session 99"));
    EXPECT_THAT(says("\"recorded_at\": \"2025", "\"recorded_at\": \"2925"), HasSubstr("later than now"));
    EXPECT_THAT(says("\"body\": \"", "\"body\": \"#"), HasSubstr("is not the one that was relied on"));
}

} // namespace
} // namespace peercert::services
