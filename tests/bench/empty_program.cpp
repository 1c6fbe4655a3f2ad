/// What the system takes to start a program with peercert's libraries: the measure for `peercert verify`.
int main() { return 0; }
