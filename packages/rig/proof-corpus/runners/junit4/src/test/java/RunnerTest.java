import org.junit.Test;

public class RunnerTest {
    @Test
    public void runs() {}
}
