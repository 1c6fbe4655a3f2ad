#include "curricula/catalogue.hpp"

#include <unistd.h>

#include <peercert/error.hpp>

#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

class Folders : public testing::Test {
protected:
    Folders() {
        std::string pattern = (fs::temp_directory_path() / "peercert-catalogue-XXXXXX").string();
        root_ = mkdtemp(pattern.data());
    }
    ~Folders() override { fs::remove_all(root_); }

    void write(const std::string& name, const std::string& text) const {
        fs::create_directories((root_ / name).parent_path());
        std::ofstream(root_ / name) << text;
    }
    Catalogue load() const { return Catalogue::load({{root_, "local"}}, nullptr); }
    std::string problems() const { return to_text(load().problems()); }

    static std::string course(const std::string& code, const std::string& edition) {
        return "course: " + code + "\nedition: " + edition + "\ntitle: " + code + "\n";
    }

    fs::path root_;
};

TEST_F(Folders, EditionsAreFoundByCodeAndEdition) {
    write("b/1.yaml", course("b", "1"));
    write("a/2.yaml", course("a", "2"));
    write("a/1.yaml", course("a", "1"));
    write("a/1.cases.yaml", "cases for: a 1\ncases: []\n");
    write("a/.hidden.yaml", "nonsense");
    write("a/notes.txt", "nonsense");
    const Catalogue catalogue = load();
    EXPECT_EQ(to_text(catalogue.problems()), "");
    ASSERT_EQ(catalogue.all().size(), 3U);
    EXPECT_EQ(catalogue.all()[0]->edition, "1");
    EXPECT_EQ(catalogue.of("a").size(), 2U);
    EXPECT_EQ(catalogue.find("a", "2")->origin, "local");
    EXPECT_EQ(catalogue.find("a", "3"), nullptr);
    EXPECT_EQ(catalogue.get("a")->edition, "2");
    ASSERT_EQ(catalogue.case_files().size(), 1U);
}

TEST_F(Folders, WhatIsNotThereIsNamed) {
    write("a/1.yaml", course("eating-well", "1"));
    const Catalogue catalogue = load();
    try {
        catalogue.get("eatingwell");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::not_found);
        EXPECT_THAT(error.what(), HasSubstr("did you mean \"eating-well\"?"));
    }
    try {
        catalogue.get("eating-well", "2");
        FAIL();
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("eating-well has no edition \"2\"; it has 1"));
    }
    EXPECT_THAT(to_text(Catalogue::load({{root_ / "nowhere", "local"}}, nullptr).problems()),
                HasSubstr("this folder of curricula cannot be read"));
}

TEST_F(Folders, OneBadFileHidesNoOther) {
    write("a/1.yaml", course("a", "1"));
    write("b/1.yaml", "course: b\ntitel: b\n");
    const Catalogue catalogue = load();
    EXPECT_EQ(catalogue.all().size(), 1U);
    EXPECT_THAT(to_text(catalogue.problems()), HasSubstr("b/1.yaml:2:1: unknown word \"titel\""));
    EXPECT_THROW(catalogue.require_clean(), Error);
}

TEST_F(Folders, TheSameEditionTwiceIsRefused) {
    write("a/1.yaml", course("a", "1"));
    write("b/1.yaml", course("a", "1"));
    EXPECT_THAT(problems(), HasSubstr("b/1.yaml: a 1 is in "));
    write("b/1.yaml", track_with("").replace(0, 12, "track: a"));
    EXPECT_THAT(problems(), HasSubstr("the code a means something of another kind in "));
}

TEST_F(Folders, BasesAreResolvedWhateverTheOrder) {
    write("a/1.yaml", "course: a\nedition: 3\nbased on: b 2\n");
    write("b/2.yaml", "course: b\nedition: 2\nbased on: c 1\ntitle: from b\n");
    write("c/1.yaml", course("c", "1") + "author: Alfred\n");
    const Catalogue catalogue = load();
    EXPECT_EQ(to_text(catalogue.problems()), "");
    EXPECT_EQ(catalogue.find("a", "3")->titles[0].called, "from b");
    EXPECT_EQ(catalogue.find("a", "3")->author, "Alfred");
}

TEST_F(Folders, BasesInACircleAreRefused) {
    write("a/1.yaml", "course: a\nbased on: b 1\n");
    write("b/1.yaml", "course: b\nbased on: a 1\n");
    EXPECT_THAT(problems(), HasSubstr("is based on this file in turn"));
    EXPECT_THAT(problems(), HasSubstr("the file it is based on"));
}

TEST_F(Folders, StoredTextBecomesTheSameEdition) {
    write("a/1.yaml", course("a", "1"));
    const Catalogue catalogue = load();
    const auto again = catalogue.read_text(catalogue.find("a", "1")->full_text, "edition a 1 of the record");
    EXPECT_EQ(again->digest, catalogue.find("a", "1")->digest);
    EXPECT_THROW(catalogue.read_text("course: a\nfuture word: x\n", "stored"), Error);
}

TEST_F(Folders, TooLargeFilesAreNotEvenRead) {
    write("a/1.yaml", course("a", "1") + "note: " + std::string(1'100'000, 'x') + "\n");
    EXPECT_THAT(problems(), HasSubstr("is larger than 1 MB; split it into editions"));
}

} // namespace
