#include "storage/detail/packet_layout.hpp"

#include <set>
#include <sstream>

#include "storage/detail/entry_numbers.hpp"
#include "storage/suite.hpp"

/// A packet holds what there is about a person, by construction: what the schema has and a packet knows nothing of is a
/// failure here.
namespace peercert::storage {
namespace {

class PacketLayout : public ::testing::Test {
protected:
    /// The words that a query gives in one text.
    std::set<std::string> words(const std::string& query) {
        std::istringstream text(database.place().ask(query));
        std::set<std::string> found;
        for (std::string word; text >> word;)
            found.insert(word);
        return found;
    }

    TempDatabase database{Backend::sqlite};
};

TEST_F(PacketLayout, NamesEveryTableOfTheSchemaOnce) {
    std::multiset<std::string> named;
    for (const PacketPart& part : packet_parts())
        named.insert(std::string(part.table.text()));
    for (const NoPacket& one : not_in_packets())
        named.insert(std::string(one.table));
    const std::set<std::string> there = words("select group_concat(name, ' ') from sqlite_master where type = 'table' "
                                              "and name not like 'sqlite%' and name <> 'schema_migration'");
    for (const std::string& table : there)
        EXPECT_EQ(named.count(table), 1U)
            << table << ": is it about a person? Then packet_parts() has to hold it, else not_in_packets() says why";
    EXPECT_EQ(named.size(), there.size());
}

TEST_F(PacketLayout, LeavesNoTableOutThatNamesAPerson) {
    const std::set<std::string> about = words("select group_concat(distinct m.name) from sqlite_master m, "
                                              "pragma_foreign_key_list(m.name) f where f.\"table\" = 'person' and "
                                              "f.\"from\" = 'person'");
    // looked at one by one: what they say is folded into the packet, stands in a line, or is somebody else's too
    const std::set<std::string_view> looked_at{"edition_event",   "person_merge",      "person_group",
                                               "person_distinct", "declared_conflict", "confirmation"};
    for (const NoPacket& one : not_in_packets())
        EXPECT_TRUE(looked_at.contains(one.table) || !about.contains(std::string(one.table))) << one.table;
}

TEST_F(PacketLayout, KnowsWhatEveryReferenceRefersTo) {
    const std::set<std::string> references =
        words("select group_concat(m.name || '.' || f.\"from\" || '.' || f.\"table\", ' ') from sqlite_master m, "
              "pragma_foreign_key_list(m.name) f where m.type = 'table'");
    EXPECT_GT(references.size(), 20U);
    for (const PacketPart& part : packet_parts())
        for (const PacketColumn& column : packet_columns(part.table.text())) {
            if (stays_home(part.table.text(), column.name))
                continue;
            const std::string own = std::string(part.table.text()) + "." + column.name + ".";
            const auto found = references.lower_bound(own);
            if (found == references.end() || !found->starts_with(own))
                continue;
            EXPECT_EQ(packet_reference(part.table.text(), column.name).value_or("nothing"), found->substr(own.size()))
                << own;
        }
}

TEST_F(PacketLayout, AddsNoMemberThatAColumnIsCalled) {
    for (const PacketPart& part : packet_parts())
        for (const PacketColumn& column : packet_columns(part.table.text()))
            for (const char* added : {"order", "signed_by", "signed_by_name"})
                EXPECT_NE(column.name, added) << part.table.text();
}

TEST(NumbersOfLines, AreFoundInAFindingAndNowhereElse) {
    const auto more = [](std::int64_t entry) { return entry + 100; };
    EXPECT_EQ(with_entry_numbers(R"({"clause":"\"entry\":3","used":[{"entry":3,"counted":5},{"entry":12}],)"
                                 R"("note":"entry 3","x":{"entry":7}})",
                                 more),
              R"({"clause":"\"entry\":3","used":[{"entry":103,"counted":5},{"entry":112}],)"
              R"("note":"entry 3","x":{"entry":107}})");
    EXPECT_EQ(with_entry_numbers("", more), "");
    EXPECT_EQ(with_entry_numbers("{\"entry\":", more), "{\"entry\":");
    EXPECT_EQ(with_entry_numbers("\"\\", more), "\"\\");
    EXPECT_EQ(mapped_list("3 12,7", more), "103 112,107");
    EXPECT_EQ(mapped_list("", more), "");
}

} // namespace
} // namespace peercert::storage
