fn main() {
    standpoint::ui::start(standpoint::browser::body());
}
