#include "exchange/case_package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <peercert/error.hpp>

#include "domain/uuid.hpp"

namespace peercert::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

CaseFramework ours() {
    CaseFramework framework;
    framework.code = "lake-core";
    framework.edition = "2024";
    framework.title = "Lake County peer competencies";
    framework.creator = "Lake County";
    framework.changed = "2024-03-01";
    framework.items = {
        {"I", "Is there", ""}, {"I.1", "Listens", "I"}, {"I.2", "Says \"thank you\"", "I"}, {"II", "Rests", ""}};
    framework.scale = {"not yet", "shown"};
    return framework;
}

std::string refusal(const std::string& bytes) {
    try {
        (void)read_case(bytes);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        return error.what();
    }
    return "accepted";
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

/// Somebody else's, with members that say nothing to us and a third level.
const std::string theirs = R"({
  "CFDocument": {
    "identifier": "0f4d6a52-7f0e-4c3b-9a56-1d2c3b4a5968",
    "uri": "https://other.example/CFDocuments/0f4d6a52-7f0e-4c3b-9a56-1d2c3b4a5968",
    "creator": "Another Board",
    "title": "Working Alongside",
    "version": "3 draft",
    "lastChangeDateTime": "2024-05-06T07:08:09+02:00",
    "subject": ["Peer support"],
    "extensions": {"weight": 0.250}
  },
  "CFItems": [
    {
      "identifier": "11111111-1111-4111-8111-111111111111",
      "uri": "https://other.example/1",
      "fullStatement": "Being\nwith",
      "lastChangeDateTime": "2024-05-06T07:08:09Z",
      "educationLevel": ["AD"]
    },
    {
      "identifier": "22222222-2222-4222-8222-222222222222",
      "uri": "https://other.example/2",
      "fullStatement": "Stays when it is hard",
      "humanCodingScheme": "B 2",
      "lastChangeDateTime": "2024-05-06T07:08:09Z"
    },
    {
      "identifier": "33333333-3333-4333-8333-333333333333",
      "uri": "https://other.example/3",
      "fullStatement": "Comes back",
      "humanCodingScheme": "1.x",
      "lastChangeDateTime": "2024-05-06T07:08:09Z"
    }
  ],
  "CFAssociations": [
    {
      "identifier": "44444444-4444-4444-8444-444444444444",
      "uri": "https://other.example/4",
      "associationType": "isChildOf",
      "originNodeURI": {"title": "x", "identifier": "22222222-2222-4222-8222-222222222222", "uri": "https://other.example/2"},
      "destinationNodeURI": {"title": "x", "identifier": "11111111-1111-4111-8111-111111111111", "uri": "https://other.example/1"},
      "lastChangeDateTime": "2024-05-06T07:08:09Z"
    },
    {
      "identifier": "55555555-5555-4555-8555-555555555555",
      "uri": "https://other.example/5",
      "associationType": "isChildOf",
      "originNodeURI": {"title": "x", "identifier": "33333333-3333-4333-8333-333333333333", "uri": "https://other.example/3"},
      "destinationNodeURI": {"title": "x", "identifier": "22222222-2222-4222-8222-222222222222", "uri": "https://other.example/2"},
      "lastChangeDateTime": "2024-05-06T07:08:09Z"
    }
  ]
})";

TEST(CasePackages, OfOursAreReadAsTheyWereWritten) {
    const CasePackage read = read_case(write_case(ours()));
    EXPECT_EQ(read.items, ours().items);
    EXPECT_THAT(read.scale, ElementsAre("not yet", "shown"));
    EXPECT_EQ(read.title, ours().title);
    EXPECT_EQ(read.creator, ours().creator);
    EXPECT_EQ(read.version, "2024");
    EXPECT_EQ(read.changed, "2024-03-01");
    EXPECT_EQ(write_case(read), write_case(ours()));
}

TEST(CasePackages, OfOursHaveTheSameIdentifiersWhateverElseChanges) {
    CaseFramework changed = ours();
    changed.title = "Another title";
    changed.changed = "2025-01-01";
    changed.base = "https://board.example.net";
    changed.items.push_back({"III", "Plays", ""});
    const std::string before = write_case(ours()), after = write_case(changed);
    EXPECT_EQ(read_case(before).identifier, read_case(after).identifier);
    EXPECT_THAT(before, HasSubstr("\"uri\": \"urn:uuid:"));
    EXPECT_THAT(after, HasSubstr("\"uri\": \"https://board.example.net/ims/case/v1p1/CFItems/"));
    const auto identifier = [](const std::string& text) {
        return text.substr(text.find("\"identifier\": \"", text.find("CFItems\": [")) + 15, 36);
    };
    EXPECT_EQ(identifier(before), identifier(after));
    EXPECT_TRUE(domain::is_uuid(identifier(before)));
    changed.code = "other-core";
    EXPECT_NE(identifier(write_case(changed)), identifier(after));
}

TEST(CasePackages, OfOthersComeBackToTheMember) {
    const CasePackage read = read_case(theirs);
    EXPECT_THAT(read.items,
                ElementsAre(CaseItem{"1", "Being with", ""}, CaseItem{"1.B-2", "Stays when it is hard", "1"},
                            CaseItem{"1.x", "Comes back", "1"}));
    EXPECT_THAT(read.kept,
                UnorderedElementsAre("CFDocument.subject", "CFDocument.extensions", "CFItems.educationLevel"));
    EXPECT_THAT(read.scale, IsEmpty());
    std::string given, back;
    append_json(given, read_json(theirs));
    append_json(back, read_json(write_case(read)));
    EXPECT_EQ(back, given) << "every member, in its order, every number in its digits";
}

TEST(CasePackages, ThatAreNoneAreRefusedWithThePlace) {
    EXPECT_THAT(refusal("{}"), HasSubstr("no object \"CFDocument\""));
    EXPECT_THAT(refusal("[]"), HasSubstr("no CASE package"));
    EXPECT_THAT(refusal(replaced(theirs, "\"fullStatement\": \"Stays when it is hard\",", "")),
                HasSubstr("item 2 has no \"fullStatement\""));
    EXPECT_THAT(refusal(replaced(theirs, "\"33333333-3333-4333-8333-333333333333\"", "\"three\"")),
                HasSubstr("item 3: its identifier is no UUID"));
    EXPECT_THAT(refusal(replaced(theirs, "\"33333333-3333-4333-8333-333333333333\"",
                                 "\"22222222-2222-4222-8222-222222222222\"")),
                HasSubstr("stands twice"));
    EXPECT_THAT(refusal(replaced(theirs, "\"2024-05-06T07:08:09+02:00\"", "\"yesterday\"")),
                HasSubstr("lastChangeDateTime"));
    // the middle one hangs on the one below it
    EXPECT_THAT(refusal(replaced(theirs,
                                 "\"destinationNodeURI\": {\"title\": \"x\", \"identifier\": "
                                 "\"11111111-1111-4111-8111-111111111111\"",
                                 "\"destinationNodeURI\": {\"title\": \"x\", \"identifier\": "
                                 "\"33333333-3333-4333-8333-333333333333\"")),
                HasSubstr("in a circle"));
    EXPECT_THAT(refusal(replaced(theirs,
                                 "\"destinationNodeURI\": {\"title\": \"x\", \"identifier\": "
                                 "\"11111111-1111-4111-8111-111111111111\"",
                                 "\"destinationNodeURI\": {\"title\": \"x\", \"identifier\": "
                                 "\"99999999-9999-4999-8999-999999999999\"")),
                HasSubstr("association 1 names an item that is not in the package"));
}

} // namespace
} // namespace peercert::exchange
