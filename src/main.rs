fn main() {
    standpoint::ui::start();
}
