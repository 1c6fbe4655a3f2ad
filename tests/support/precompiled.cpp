// Its only work is to hold the precompiled header that every test program uses.
