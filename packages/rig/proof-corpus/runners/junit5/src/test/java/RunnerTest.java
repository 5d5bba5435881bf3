import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerTest {
    @ParameterizedTest
    @ValueSource(ints = 1)
    void runs(int one) {}
}
