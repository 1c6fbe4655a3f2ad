#include "domain/uuid.hpp"

#include <gtest/gtest.h>

#include "domain/sha256.hpp"

namespace peercert::domain {
namespace {

TEST(NameUuid, IsTheOneOfTheStandard) {
    // RFC 9562, appendix A.4: "www.example.com" in the namespace of domain names
    EXPECT_EQ(name_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"),
              "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(NameUuid, IsTheSameForTheSameNameOnly) {
    const std::string inside = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
    for (std::size_t length = 0; length < 130; ++length) { // over the edges of SHA-1's blocks
        const std::string name(length, 'a');
        EXPECT_EQ(name_uuid(inside, name), name_uuid(inside, name));
        EXPECT_NE(name_uuid(inside, name), name_uuid(inside, name + "a"));
        EXPECT_TRUE(is_uuid(name_uuid(inside, name)));
    }
}

TEST(NameUuid, IsRecognisedByItsForm) {
    EXPECT_TRUE(is_uuid("2ED6657D-E927-568B-95E1-2665A8AEA6A2"));
    for (const char* none : {"", "2ed6657de927568b95e12665a8aea6a2", "2ed6657d-e927-568b-95e1-2665a8aea6ag",
                             "{2ed6657d-e927-568b-95e1-2665a8aea6a}", "2ed6657d-e927-568b-95e1-2665a8aea6a22"})
        EXPECT_FALSE(is_uuid(none)) << none;
}

TEST(Sha256, IsTheOneOfTheStandard) {
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

} // namespace
} // namespace peercert::domain
